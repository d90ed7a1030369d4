"""Which names stand on which page of the reference, and in which order: the one list of what users import."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen


@frozen
class Section:
    """Names that belong together: those of a module, or of several; all that a module gives where none are named."""

    title: str
    module: str
    names: str = ""
    about: bool = True
    """Whether the text of the module stands above them."""


@frozen
class Page:
    """A page of the reference: what it is about, and its names."""

    title: str
    about: str
    sections: tuple[Section, ...]


IN, ROOT = "coaching.integrations", "coaching"

API: Mapping[str, Page] = {
    "records": Page(
        "Records",
        "What people make together. What each act takes and what stands in each field is told in tables, once, on the "
        "page of [acts and fields](../acts.md); here stands all the rest that a record and its parts can do. What an "
        "`Id`, a `Text` or a `Moment` may be: [constraints](../acts.md#constraints).",
        (
            Section("All records", "", "coaching.Record coaching.kernel.signing.SignedRecord "
                    "coaching.records.commitments.PromisingRecord coaching.Await coaching.kernel.history.Entry"),
            Section("Interview", "", "coaching.Interview coaching.Slot coaching.Turn coaching.Preparation "
                    "coaching.LookBack coaching.Disclosure coaching.records.interviews.Absence "
                    "coaching.records.interviews.InterviewContent"),
            Section("Goal", "", "coaching.Goal coaching.Measure coaching.Option coaching.Investment coaching.Progress "
                    "coaching.Commitment coaching.records.commitments.DueMove coaching.records.goals.GoalDetails "
                    "coaching.records.goals.GoalContent coaching.records.goals.GoalChanges"),
            Section("Feedback", "", "coaching.Feedback coaching.Situation coaching.records.feedback.Yes "
                    "coaching.records.feedback.FeedbackContent"),
            Section("Career path", "", "coaching.CareerPath coaching.Need coaching.Dream coaching.RoleModel "
                    "coaching.Step coaching.records.paths.PathBeginning coaching.records.paths.PathContent"),
            Section("Person", "", "coaching.Person coaching.Position coaching.Placement coaching.Occupation "
                    "coaching.Standing coaching.records.people.Leaving coaching.records.people.Ended coaching.Managed "
                    "coaching.records.people.PersonDetails coaching.records.people.PersonContent"),
            Section("Organisation and relationship", "", "coaching.Organisation "
                    "coaching.records.organisations.OrganisationDetails "
                    "coaching.records.organisations.OrganisationContent coaching.CoachingRelationship "
                    "coaching.Agreement coaching.records.relationships.AgreementParts "
                    "coaching.records.relationships.AgreementTerms"),
            Section("Opportunity and move", "", "coaching.Opportunity coaching.Offer coaching.Want "
                    "coaching.records.opportunities.OpportunityDetails "
                    "coaching.records.opportunities.OpportunityContent coaching.match coaching.Line "
                    "coaching.InternalMove coaching.Approval coaching.records.moves.MoveWish "
                    "coaching.records.moves.MoveDetails coaching.records.moves.MoveContent "
                    "coaching.book.moving.kinds coaching.book.moving.completed"),
            Section("Shared values", "", "coaching.Span coaching.Location coaching.Ref coaching.Signature"),
        ),
    ),
    "words": Page(
        "Closed lists",
        'Every such word may be given as plain text: `"annual"` is as good as `InterviewKind.ANNUAL`, and equal to it. '
        "The words for states stand on the page of [lifecycles](../lifecycles.md).",
        (
            Section("Interviews", "coaching.records", "interviews.InterviewKind turns.TurnKind turns.Decision "
                    "turns.Vital turns.Phase", about=False),
            Section("Goals and promises", "coaching.records", "goals.GoalKind goals.Ambition goals.InvestmentKind "
                    "goals.ProgressKind commitments.CommitmentKind", about=False),
            Section("Feedback", "coaching.records", "feedback.FeedbackKind feedback.ImpactOn feedback.Visibility",
                    about=False),
            Section("Paths and needs", "", "coaching.records.needs.NeedKind coaching.records.needs.Importance "
                    "coaching.records.needs.Release coaching.StepKind"),
            Section("People, organisations, moves", "", "coaching.records.relationships.RelationshipKind "
                    "coaching.records.organisations.OrganisationKind coaching.records.opportunities.OpportunityKind "
                    "coaching.records.opportunities.WantKind coaching.records.moves.Party "
                    "coaching.book.moving.MoveKind coaching.book.matching.Verdict coaching.book.matching.Side"),
            Section("Shared by several", "coaching", "RefKind Stance Kind"),
        ),
    ),
    "rules": Page(
        "Rules, refusals, policy",
        "What is said when something is wrong, and what a house may choose. Each rule with its reason: "
        "[rules](../rules.md).",
        (
            Section("Refusals", "", "coaching.Rejected coaching.Finding coaching.Severity coaching.Cause "
                    "coaching.kernel.rules.Breach"),
            Section("What a rule is", "", "coaching.Rule coaching.kernel.rules.Sort coaching.rules coaching.rule"),
            Section("Asking", "coaching", "check verify kind_named KINDS"),
            Section("Policy", "coaching", "Policy Cadence"),
        ),
    ),
    "book": Page(
        "Book",
        "All records together, and what is asked of them. Wherever a `Shelf` is asked for, a `Book` will do. "
        "`R` in a signature is the kind of record that is named.",
        (
            Section("The book", "", "coaching.Book coaching.book.shelf.Shelf"),
            Section("Where records are found", "coaching", "Place places_of"),
            Section("What questions answer with", "coaching.book.questions", "Matter Turn Insight Happened Trace",
                    about=False),
            Section("Due dates", "coaching.cadence"),
        ),
    ),
    "privacy": Page("Privacy", "", (Section("Privacy", "coaching.privacy"),)),
    "documents": Page("Reading and writing", "", (Section("Reading and writing", "coaching.codec"),)),
    "forms": Page("Forms", "", (Section("Forms", "coaching.forms"),)),
    "texts": Page(
        "Texts",
        "",
        (
            Section("Saying it", "coaching.texts"),
            Section("Languages", "", "coaching.texts.locales.texts_in coaching.texts.locales.shown_in "
                    "coaching.texts.files.write"),
        ),
    ),
    "diagrams": Page("Diagrams", "", (Section("Diagrams", "coaching.diagrams"),)),
    "imports": Page(
        "Imports",
        "From rows of others to records. Needs no extra for separated text and JSON; what a kind of source needs: "
        "[importing](../../importing.md).",
        (
            Section("Import", "", "coaching.bulk.importing.import_records coaching.bulk.importing.Outcome "
                    "coaching.bulk.importing.Progress coaching.bulk.merging.Changes coaching.bulk.differences.Done"),
            Section("Report", "", "coaching.bulk.reporting.report.Report coaching.bulk.reporting.accounts.Account "
                    "coaching.bulk.reporting.accounts.Fate coaching.bulk.reporting.groups.Group "
                    "coaching.bulk.drafts.Fault coaching.bulk.reporting.thresholds.Share "
                    "coaching.bulk.reporting.thresholds.Thresholds"),
            Section("Mapping", "", "coaching.bulk.mapping.read_mapping coaching.bulk.mapping.classes.Mapping "
                    "coaching.bulk.mapping.classes.Column coaching.bulk.mapping.classes.SourceOf "
                    "coaching.bulk.mapping.classes.Lookup"),
            Section("Sources of rows", "coaching.bulk.sources", "open_rows Rows Row Spread SpeaksArrow text_of",
                    about=False),
            Section("Days", "coaching.bulk.dates", "Dates Evidence Unread Doubt Kind", about=False),
        ),
    ),
    "testing": Page(
        "Testing",
        "How each is used: [testing](../../testing.md).",
        (
            Section("Strategies, workflows, logs", "coaching.testing"),
            Section("What every binding says", "", "coaching.testing.binding.system.System "
                    "coaching.logs.comparing.Difference"),
        ),
    ),
    "stores": Page(
        "Stores",
        "Records in a database. How to: [storing](../../storing.md). Over Django: [the next page](django.md).",
        (
            Section("Every store", f"{IN}.stores", "BookStore Also"),
            Section("SQLAlchemy", f"{IN}.sqlalchemy", "Store tables Tables RecordType"),
            Section("Rows", f"{IN}.rows", "row_of record_of version_of changes sought overtaken Row Sought Change"),
        ),
    ),
    "django": Page(
        "Django",
        "",
        (
            Section("Store", f"{IN}.django.store", "Store"),
            Section("Forms", f"{IN}.django.forms", "FormOfAct Acting"),
            Section("Fields", f"{IN}.django.fields", "RecordField RecordFormField"),
            Section("Answers", f"{IN}.django.answers", "refused Refusals"),
            Section("Models", f"{IN}.django.models", "StoredRecord StoredPlace"),
        ),
    ),
    "web": Page(
        "Pages and services",
        "Pydantic asks the classes themselves: [FastAPI](../../fastapi.md) shows it.",
        (
            Section("Pages", f"{IN}.pages", "ActPage"),
            Section("Markup", f"{IN}.markup", "fields summary hidden Markup Told"),
            Section("Views in words", f"{IN}.sights", "shown happened"),
            Section("Problem documents", f"{IN}.problems", "problem status_of SCHEMA MEDIA_TYPE"),
            Section("FastAPI", f"{IN}.fastapi", "refused RESPONSES"),
        ),
    ),
    "tools": Page(
        "Other tools",
        "Calendars, directories, assistants, events, tables, notebooks.",
        (
            Section("Calendars", f"{IN}.icalendar", "invitation uid"),
            Section("Directories", f"{IN}.scim"),
            Section("Assistants", f"{IN}.tools", "tools call Called"),
            Section("Cloud events", f"{IN}.cloudevents", "events as_json"),
            Section("An outbox", f"{IN}.outbox", "put send Connection TABLE"),
            Section("Tables", f"{IN}.frames", "to_frame coverage_frame"),
            Section("Notebooks", f"{IN}.notebooks", "show Shown load_ipython_extension"),
        ),
    ),
}  # fmt: skip
"""The pages by the names of their files, in the order of the index."""
