//! Every IRI the graph is written with, in one place: standard terms as they are, own terms for what they lack.
//!
//! Each own term is declared in `ontology/factlint.ttl`; a test holds the two together.

use oxigraph::model::NamedNodeRef;

/// Prefixes declared for every ad hoc query and in every export, sorted by name: (name, namespace IRI).
pub const PREFIXES: &[(&str, &str)] = &[
    ("benchmark", "https://w3id.org/factlint/pack/benchmark#"),
    ("biro", "http://purl.org/spar/biro/"),
    ("business", "https://w3id.org/factlint/pack/business#"),
    ("c4o", "http://purl.org/spar/c4o/"),
    ("clinical", "https://w3id.org/factlint/pack/clinical#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("doc", "urn:factlint:doc:"),
    ("fl", "https://w3id.org/factlint/ns#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("generic", "https://w3id.org/factlint/pack/generic#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("qb", "http://purl.org/linked-data/cube#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("study", "urn:factlint:study:"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The namespace of our own terms.
pub const NAMESPACE: &str = "https://w3id.org/factlint/ns#";

macro_rules! terms {
    ($namespace:literal: $($name:ident = $local:literal),* $(,)?) => {
        $(pub(super) const $name: NamedNodeRef<'static> =
            NamedNodeRef::new_unchecked(concat!($namespace, $local));)*
    };
}

terms!("http://www.w3.org/1999/02/22-rdf-syntax-ns#": TYPE = "type");
terms!("http://www.w3.org/2004/02/skos/core#":
    CONCEPT = "Concept", PREF_LABEL = "prefLabel", ALT_LABEL = "altLabel",
);
terms!("http://purl.org/dc/terms/": IS_PART_OF = "isPartOf", TITLE = "title");
terms!("http://xmlns.com/foaf/0.1/": DOCUMENT = "Document");
terms!("http://purl.org/spar/biro/":
    BIBLIOGRAPHIC_REFERENCE = "BibliographicReference", REFERENCES = "references",
);
terms!("http://purl.org/spar/c4o/":
    IN_TEXT_REFERENCE_POINTER = "InTextReferencePointer", DENOTES = "denotes", HAS_CONTEXT = "hasContext",
);
terms!("http://www.w3.org/ns/oa#":
    TEXT_POSITION_SELECTOR = "TextPositionSelector", START = "start", END = "end", EXACT = "exact",
);
terms!("http://www.w3.org/2001/XMLSchema#": DECIMAL = "decimal");

// Classes.
terms!("https://w3id.org/factlint/ns#":
    FIGURE = "Figure", CLAIM = "Claim", STUDY_CLASS = "Study", ALIAS_CLASS = "Alias",
    NAMED_SOURCE = "NamedSource", LINK = "Link", ENTITY = "Entity", ATTRIBUTION = "Attribution",
    BIBLIOGRAPHY_CLASS = "Bibliography",
);
// Documents and places.
terms!("https://w3id.org/factlint/ns#":
    PATH = "path", HAS_REFERENCES = "hasReferences", REFERENCES_ELSEWHERE = "referencesElsewhere", MARKED_NEARBY = "markedNearby", MARKS_OFTEN = "marksOften", REFERENCE_COUNT = "referenceCount", LABELS_ENTRIES = "labelsEntries",
    BIBLIOGRAPHY = "bibliography", SHARED_BIBLIOGRAPHY = "sharedBibliography", UNCITED_COUNT = "uncitedCount", FIRST_UNCITED = "firstUncited", UNCITED_ENTRY = "uncitedEntry",
    OUT_OF_STEP = "outOfStep", NAMES_AUTHORS = "namesAuthors", UNSUPPORTED_STATEMENTS = "unsupportedStatements", FIRST_UNSUPPORTED = "firstUnsupported",
    SHIFTED_BY = "shiftedBy", SHIFTED_MARKS = "shiftedMarks", COMPARED_MARKS = "comparedMarks", MARKS_BEYOND_LIST = "marksBeyondList", LAST_NUMBER = "lastNumber", SUPPORT_CIRCLE = "supportCircle",
    LINE = "line", QUOTE = "quote", PLACE = "place", BLOCK = "block",
);
// Figures.
terms!("https://w3id.org/factlint/ns#":
    MEASURE = "measure", STUDY = "study", ARM = "arm", POPULATION = "population", COHORT = "cohort",
    TIME_POINT = "timePoint", VALUE = "value", UNIT = "unit", LOW = "low", HIGH = "high",
    PRINTED_LOW = "printedLow", PRINTED_HIGH = "printedHigh", COMPARATOR = "comparator",
    PROBLEM = "problem",
    NUMERATOR = "numerator", DENOMINATOR = "denominator", PERCENT = "percent",
    CI_LOW = "ciLow", CI_HIGH = "ciHigh", CI_LEVEL = "ciLevel", STATUS = "status",
    REPORTED = "Reported", ESTIMATED = "Estimated", NOT_REPORTED = "NotReported",
    FIGURE_ROLE = "figureRole", KEY = "key", SCOPE = "scope", SCOPE_LABEL = "scopeLabel",
    SCOPE_WITHIN = "scopeWithin", WHAT = "what", IN_CLAIM = "inClaim",
    LIMIT_OF = "limitOf", POSSIBLE_LOW = "possibleLow", POSSIBLE_HIGH = "possibleHigh",
    STUDY_NAME = "studyName", STUDY_BASIS = "studyBasis",
);
// Test statistics, and estimates with their interval.
terms!("https://w3id.org/factlint/ns#":
    TEST_STATISTIC = "TestStatistic", TEST = "test", DF1 = "df1", DF2 = "df2",
    RECOMPUTED_LOW = "recomputedLow", RECOMPUTED_HIGH = "recomputedHigh", P_COMPARATOR = "pComparator",
    REPORTED_P = "reportedP", REPORTED_LOW = "reportedLow", REPORTED_HIGH = "reportedHigh",
    REPORTED_LABEL = "reportedLabel", CALCULATION = "calculation", HAS_TWO_TAILS = "hasTwoTails",
    ONE_TAILED_STATED = "oneTailedStated", CORRECTION_STATED = "correctionStated",
    VALUE_LOW = "valueLow", VALUE_HIGH = "valueHigh", CI_ROUNDING = "ciRounding",
    CI_INVERTED = "ciInverted", CI_BARE = "ciBare", NULL_VALUE = "nullValue", MIDDLE = "middle", OFFSET = "offset", P_VALUE_OF = "pValueOf",
);
// Claims and support.
terms!("https://w3id.org/factlint/ns#":
    TEXT = "text", SECTION = "section", NEEDS_SUPPORT = "needsSupport", CITES = "cites",
    CITES_NEARBY = "citesNearby", MENTIONS = "mentions", INTRODUCES_SOURCE = "introducesSource", TELLS_OF_OTHERS = "tellsOfOthers", IS_BACKGROUND = "isBackground",
);
// References and citation marks.
terms!("https://w3id.org/factlint/ns#":
    NUMBER = "number", UNDEFINED_LABEL = "undefinedLabel", BEYOND_LIST = "beyondList", NUMBER_BEFORE = "numberBefore", STYLE = "style", AUTHOR = "author",
    CONTAINER = "container", YEAR = "year", VOLUME = "volume", PAGES = "pages", LOCATOR = "locator",
    HOST = "host", TITLE_SITE = "titleSite", TITLE_IS_HOST = "titleIsHost", MARKED = "marked",
    SAME_WORK_AS = "sameWorkAs", SAME_WORK_BECAUSE = "sameWorkBecause",
);
// Attributions.
terms!("https://w3id.org/factlint/ns#":
    CITING = "citing", CITED_ENTRY = "citedEntry", VERDICT = "verdict", SUBJECT_LABEL = "subjectLabel",
    NAMED_LABEL = "namedLabel", INHERITED = "inherited", BETTER_ENTRY = "betterEntry",
    SWAPPED_WITH = "swappedWith", BEST_ENTRY = "bestEntry", BETTER_LABELS = "betterLabels",
    MARKED_AS = "markedAs",
);
// Changes and sums.
terms!("https://w3id.org/factlint/ns#":
    CHANGE = "Change", SUM = "Sum", CHANGES_FROM = "changesFrom", CHANGES_TO = "changesTo",
    DIRECTION = "direction", WORDING = "wording", PRINTED_FROM = "printedFrom", PRINTED_TO = "printedTo", SIDES_REVERSED = "sidesReversed",
    DIFFERENCE_LOW = "differenceLow", DIFFERENCE_HIGH = "differenceHigh", PRINTED_SIZE = "printedSize",
    STATED_LOW = "statedLow", STATED_HIGH = "statedHigh",
    COMPUTED_LOW = "computedLow", COMPUTED_HIGH = "computedHigh",
    ALTERNATIVE_LOW = "alternativeLow", ALTERNATIVE_HIGH = "alternativeHigh",
    TOTAL = "total", PART = "part", PRINTED_TOTAL = "printedTotal", SUM_EVIDENCE = "sumEvidence", GAP = "gap",
    SHARE = "Share", SHARE_OF = "shareOf", SHARE_EVIDENCE = "shareEvidence", PRINTED_SHARE = "printedShare",
    AMBIGUOUS_NAME = "ambiguousName", READINGS = "readings", IS_NEAR = "isNear",
    WHOLE_MEAN = "WholeMean", IS_DEVIATION = "isDeviation", PRINTED_MEAN = "printedMean", VALUES = "values",
);
// Restated figures.
terms!("https://w3id.org/factlint/ns#":
    RETELLING = "Retelling", TELLS = "tells", TOLD_OF = "toldOf", MATCHED_BY = "matchedBy",
    SOURCE_TEXT = "SourceText", SOURCE_FIGURE = "SourceFigure", PASSAGE = "passage",
    MISSING_FIGURE = "MissingFigure", MISSING_FROM = "missingFrom",
    COMPARISON = "Comparison", COMPARES = "compares", EARLIER = "earlier", PRINTED_EARLIER = "printedEarlier", PRINTED_LATER = "printedLater",
    WEIGHT = "weight", BECAUSE = "because", DAYS_APART = "daysApart", IN_ONE_PLAIN_TEXT = "inOnePlainText",
    EVIDENCE = "evidence", EVIDENCE_CLASS = "Evidence", EVIDENCE_KIND = "evidenceKind", DETAIL = "detail",
);
// Studies, entities, links.
terms!("https://w3id.org/factlint/ns#":
    ALIAS = "alias", ALIAS_OF = "aliasOf", NAME = "name", REGISTRY_ID = "registryId",
    ACRONYM = "acronym", PHASE = "phase", BASIS = "basis", BY_REGISTRY_ID = "ByRegistryId",
    BY_ACRONYM = "ByAcronym", BY_DESCRIPTION = "ByDescription",
    BY_POSSIBLE_DESCRIPTION = "ByPossibleDescription", BY_MAPPING = "ByMapping", ENTITY_KIND = "entityKind",
    IDENTIFICATION = "Identification", CONTRADICTS = "contradicts", IS_ONE_STUDY = "isOneStudy", IS_SLIP = "isSlip",
    TARGET = "target", LINK_TEXT = "linkText",
    REGISTRY_MISMATCH = "RegistryMismatch", RECORD = "record", RECORD_FIELD = "recordField", RECORD_SAYS = "recordSays",
);
// What the lock file says of works.
terms!("https://w3id.org/factlint/ns#":
    ANSWER = "Answer", WORK_MATCH = "WorkMatch", NOTICE = "Notice",
    LOOKED_UP = "lookedUp", SOURCE_KIND = "sourceKind", SOURCE_NAME = "sourceName", STATE = "state", WHY = "why",
    HTTP_STATUS = "httpStatus", SERVICE = "service", ASKED = "asked", FIRST_MISSED = "firstMissed", IS_GONE = "isGone", HINT = "hint",
    MATCHED_ENTRY = "matchedEntry", MATCHED_ANSWER = "matchedAnswer", TITLE_AGREES = "titleAgrees", AUTHOR_AGREES = "authorAgrees",
    YEAR_AGREES = "yearAgrees", ARE_ENGLISH = "areEnglish", WORK_LABEL = "workLabel", WORK_YEARS = "workYears", PRINTED_AUTHOR = "printedAuthor",
    NOTICE_OF = "noticeOf", NOTICE_KIND = "noticeKind", NOTICED_WORK = "noticedWork", NOTICE_NAME = "noticeName",
    NOTICE_DATE = "noticeDate", IS_SAID = "isSaid", RELIED_ON_AT = "reliedOnAt",
);
