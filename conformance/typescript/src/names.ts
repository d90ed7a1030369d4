// When two ways to write a name are one.

const APOSTROPHES = /[\u2019\u2018\u02bc\u02b9\u00b4`\u2032\uff07\u201b]/gu;
const HYPHENS = /[\u2010-\u2014\u2212]/gu;

function asOne(name: string): string {
  return name.replace(APOSTROPHES, "'").replace(HYPHENS, "-").replace(/\u00ad/gu, "");
}

/** Folds the case of one letter: by way of its capital, so that ß is ss and both small sigmas are one. */
function caseless(letter: string): string {
  return letter === "\u0131" ? letter : [...letter.toUpperCase()].map((it) => it.toLowerCase()).join("");
}

export function folded(name: string): string {
  const plain = asOne(name).normalize("NFKC").replace(/\p{Cf}/gu, "");
  const small = [...plain].map(caseless).join("").normalize("NFKC");
  return asOne(small).split(/\s+/u).filter((it) => it !== "").join(" ");
}
