#pragma warning disable CS1591 // Each code's description is its attribute, from which docs/errors.md and `searchcluster help` come.
namespace SearchCluster.Contracts.Errors;

/// <summary>Codes of problems in spec files.</summary>
[ErrorFamily("Spec files")]
public static class SpecCodes
{
    [ErrorDescription("The spec file cannot be opened.", "Check the path, that it is a file, and its permissions.")]
    public const string CannotOpen = "SC1000";

    [ErrorDescription("The spec file holds nothing.", "Start from a commented file: searchcluster spec new.")]
    public const string Empty = "SC1001";

    [ErrorDescription("The spec has too many bytes, is not UTF-8, or holds control characters.", "Save it as UTF-8 text.")]
    public const string BadBytes = "SC1002";

    [ErrorDescription("A key is not known at its place.", "Correct it; the message says which keys there are, and which is near.")]
    public const string UnknownKey = "SC1003";

    [ErrorDescription("The text is not YAML, or not JSON.", "Correct the line that the message names.")]
    public const string Syntax = "SC1004";

    [ErrorDescription("The spec is nested too deep, or has too many values.", "Shorten it; the message names the limit.")]
    public const string TooComplex = "SC1005";

    [ErrorDescription("Anchors, aliases, merge keys and tags of YAML are not read.", "Write the value out at each place.")]
    public const string Reference = "SC1006";

    [ErrorDescription("An override (--set) names no field of the spec.", "Give the path of a field, such as budget.trials=20.")]
    public const string UnknownOverride = "SC1007";

    [ErrorDescription("The file holds more than one YAML document.", "Give each search a file of its own.")]
    public const string SeveralDocuments = "SC1008";

    [ErrorDescription("A key occurs twice.", "Keep one of them.")]
    public const string DuplicateKey = "SC1009";

    [ErrorDescription(
        "A value has another kind than its field: text where a list should be, and the like.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string WrongKind = "SC1010";

    [ErrorDescription("The format version is missing, or is none that this release reads.", "Write version: 1.")]
    public const string Version = "SC1011";

    [ErrorDescription("The name of the search is missing or not made of the characters that names have.", "Use a-z, 0-9 and '-'.")]
    public const string Name = "SC1012";

    [ErrorDescription("A required key is missing.", "Add it; searchcluster spec schema prints what belongs where.")]
    public const string Missing = "SC1013";

    [ErrorDescription("A word is not one of those possible there.", "Use one of the words that the message lists.")]
    public const string UnknownWord = "SC1014";

    [ErrorDescription(
        "A text or label is longer, or has another form, than allowed.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string TextForm = "SC1015";

    [ErrorDescription("The seed is no whole number in its range.", "Write a whole number from 0 to 9007199254740991.")]
    public const string Seed = "SC1016";

    [ErrorDescription(
        "A number lies outside the limits of its field.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string OutOfLimits = "SC1017";

    [ErrorDescription("The space has no parameters.", "Add at least one under space.")]
    public const string EmptySpace = "SC1020";

    [ErrorDescription("The space has more parameters than are searched.", "Fix some of them under workload.fixed.")]
    public const string TooManyParameters = "SC1021";

    [ErrorDescription(
        "The name of a parameter has another form than names have.", "Start with a letter; go on with letters, digits and '_'.")]
    public const string ParameterName = "SC1022";

    [ErrorDescription("The type of a parameter is missing or unknown.", "Use one of the types that the message lists.")]
    public const string ParameterType = "SC1023";

    [ErrorDescription("A key that the parameter's type needs is missing.", "Add it, or use another type.")]
    public const string ParameterNeeds = "SC1024";

    [ErrorDescription("The parameter's type has no such key.", "Remove it, or use another type.")]
    public const string ParameterHasNo = "SC1025";

    [ErrorDescription("The list of items is empty, or repeats a value.", "Give different values, at least one.")]
    public const string Items = "SC1026";

    [ErrorDescription("A value lies outside the parameter's domain.", "Give one of its values.")]
    public const string OutsideDomain = "SC1027";

    [ErrorDescription("The lower bound lies above the upper one.", "Exchange them, or correct one.")]
    public const string MinAboveMax = "SC1040";

    [ErrorDescription("Warning: a parameter of the space has one value only.", "Give it under workload.fixed, or widen it.")]
    public const string Constant = "SC1041";

    [ErrorDescription("A logarithmic scale touches 0 or lies below it.", "Start above 0, or use a linear scale.")]
    public const string LogBound = "SC1042";

    [ErrorDescription("A number is needed, and this is none.", "Write a number with '.' as decimal mark.")]
    public const string NotANumber = "SC1044";

    [ErrorDescription(
        "A number is too large for its kind.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string NumberTooLarge = "SC1045";

    [ErrorDescription("The step is not positive, or larger than the range.", "Correct the step or the bounds.")]
    public const string Step = "SC1046";

    [ErrorDescription(
        "Warning: the steps from min end below max, so that max is never tried.", "Choose a step that divides the range, or lower max.")]
    public const string StepMissesMax = "SC1043";

    [ErrorDescription("Warning: two values look alike and differ.", "Keep one of them, or quote the texts.")]
    public const string LookAlikes = "SC1047";

    [ErrorDescription("Warning: a text that other YAML readers take for true or false.", "Quote it, or write true or false.")]
    public const string TruthWord = "SC1048";

    [ErrorDescription("Warning: a number that starts with 0.", "Quote it if it is a text; remove the 0 if it is a number.")]
    public const string LeadingZero = "SC1049";

    [ErrorDescription("A condition names a parameter that the space does not have.", "Correct the name.")]
    public const string UnknownParameter = "SC1050";

    [ErrorDescription("Conditions depend on each other in a circle.", "Remove one of them.")]
    public const string ConditionCycle = "SC1051";

    [ErrorDescription("A condition never holds, so its parameter is never active.", "Correct the values of the condition.")]
    public const string NeverActive = "SC1052";

    [ErrorDescription("The forbidden combinations leave no configuration.", "Remove one of them.")]
    public const string NothingLeft = "SC1053";

    [ErrorDescription("A forbidden combination is none that a configuration can have.", "Correct its values.")]
    public const string ForbidsNothing = "SC1054";

    [ErrorDescription(
        "A configuration to try first is none of the space.",
        "Give parameters of the space values of their domains; what an entry leaves out is drawn at random.")]
    public const string Enqueued = "SC1055";

    [ErrorDescription(
        "The earlier search of a warm start is not usable.",
        "Name a search of this coordinator whose space shares parameters with this one.")]
    public const string WarmStart = "SC1056";

    [ErrorDescription("The grid has more configurations than are searched.", "Coarsen an axis, or use another algorithm.")]
    public const string GridTooLarge = "SC1060";

    [ErrorDescription("A grid needs axes with an end of values.", "Give the parameter a step, gridPoints or items.")]
    public const string GridAxis = "SC1061";

    [ErrorDescription(
        "A setting of the scheduler or the algorithm does not fit.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string Scheduler = "SC1062";

    [ErrorDescription(
        "A setting of early stopping does not fit.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string Patience = "SC1063";

    [ErrorDescription("The search has no end.", "Give budget.trials, budget.time or another limit.")]
    public const string NoBudget = "SC1064";

    [ErrorDescription("A duration is not written as one.", "Write a number with a unit, such as 90s, 15m or 2h.")]
    public const string Duration = "SC1065";

    [ErrorDescription(
        "A count of the budget is out of range.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string Count = "SC1066";

    [ErrorDescription(
        "The stages of a coarse-to-fine search do not fit.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string Stages = "SC1067";

    [ErrorDescription(
        "The end by expected improvement does not fit the search.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string Plateau = "SC1068";

    [ErrorDescription(
        "The number of repeats does not fit the search.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string Repeats = "SC1069";

    [ErrorDescription("The format has this feature, but this release does not.", "Leave it out.")]
    public const string NotAvailable = "SC1070";

    [ErrorDescription("A size in bytes is not written as one.", "Write a number with a unit, such as 512MiB or 4GiB.")]
    public const string Size = "SC1071";

    [ErrorDescription("The workload does not report this metric.", "Use one of those that searchcluster workloads NAME lists.")]
    public const string Metric = "SC1072";

    [ErrorDescription(
        "Warning: a metric with a surprising direction, or from the test part.",
        "Correct objective.direction, or search on a val/ metric.")]
    public const string MetricUse = "SC1073";

    [ErrorDescription("An ensemble of models that cannot vote together.", "Use another ensemble type, or none.")]
    public const string Ensemble = "SC1074";

    [ErrorDescription(
        "Several objectives meet a part of the search that takes only one.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string Objectives = "SC1075";

    [ErrorDescription("Warning: the scheduler never gets to compare trials.", "Give it more trials or longer ones, or leave it out.")]
    public const string SchedulerUse = "SC1076";

    [ErrorDescription("The workload does not read this parameter.", "Correct its name; searchcluster workloads NAME lists them.")]
    public const string NotRead = "SC1080";

    [ErrorDescription("The workload does not accept these values.", "Use values in the range that the message names.")]
    public const string NotAccepted = "SC1081";

    [ErrorDescription("A hyperparameter that the workload needs is not given.", "Add it to space or workload.fixed.")]
    public const string HyperparameterMissing = "SC1082";

    [ErrorDescription("The same parameter stands in space and in workload.fixed.", "Keep one of them.")]
    public const string GivenTwice = "SC1083";

    [ErrorDescription("The spec names no workload, two, or one that is not known.", "Name one; searchcluster workloads lists them.")]
    public const string Workload = "SC1090";

    [ErrorDescription(
        "Data are missing, unknown or not needed by the workload.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string Data = "SC1100";

    [ErrorDescription("The hash of the data is not written as one.", "Write the 64 hexadecimal digits of the SHA-256.")]
    public const string DataHash = "SC1101";

    [ErrorDescription(
        "The split of the data does not fit.",
        "Correct the place that the message names; searchcluster spec explain shows what is understood.")]
    public const string Split = "SC1102";

    [ErrorDescription(
        "A limit by the clock, which no second run repeats, meets reproducible.",
        "Use budget.trials or budget.epochs, or remove reproducible.")]
    public const string Reproducible = "SC1110";
}
