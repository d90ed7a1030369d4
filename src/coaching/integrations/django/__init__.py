"""Django: an app with a book over its database, a model field for a record, forms of acts, and answers to refusals.

`INSTALLED_APPS += ["coaching.integrations.django"]`. The rooms: `store`, `fields`, `forms`, `answers`.
"""
