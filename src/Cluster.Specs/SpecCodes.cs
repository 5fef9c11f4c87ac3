namespace SearchCluster.Specs;

/// <summary>The codes of spec problems; permanent, never reused.</summary>
public static class SpecCodes
{
    /// <summary>The file cannot be opened.</summary>
    public const string CannotOpen = "SC1000";

    /// <summary>The file holds nothing.</summary>
    public const string Empty = "SC1001";

    /// <summary>Too many bytes, not UTF-8, or control characters.</summary>
    public const string BadBytes = "SC1002";

    /// <summary>A key that the format does not know.</summary>
    public const string UnknownKey = "SC1003";

    /// <summary>Not YAML, or not JSON.</summary>
    public const string Syntax = "SC1004";

    /// <summary>Nested too deep, or too many values.</summary>
    public const string TooComplex = "SC1005";

    /// <summary>Anchors, aliases, merge keys and tags.</summary>
    public const string Reference = "SC1006";

    /// <summary>An override that names no field.</summary>
    public const string UnknownOverride = "SC1007";

    /// <summary>More than one document in the file.</summary>
    public const string SeveralDocuments = "SC1008";

    /// <summary>The same key twice.</summary>
    public const string DuplicateKey = "SC1009";

    /// <summary>Text where a list should be, and the like.</summary>
    public const string WrongKind = "SC1010";

    /// <summary>The format version.</summary>
    public const string Version = "SC1011";

    /// <summary>The name of the search.</summary>
    public const string Name = "SC1012";

    /// <summary>A required key is missing.</summary>
    public const string Missing = "SC1013";

    /// <summary>Not one of the words possible there.</summary>
    public const string UnknownWord = "SC1014";

    /// <summary>Text or labels longer or of another form than allowed.</summary>
    public const string TextForm = "SC1015";

    /// <summary>The seed.</summary>
    public const string Seed = "SC1016";

    /// <summary>A number outside the limits of its field.</summary>
    public const string OutOfLimits = "SC1017";

    /// <summary>No parameters.</summary>
    public const string EmptySpace = "SC1020";

    /// <summary>Too many parameters.</summary>
    public const string TooManyParameters = "SC1021";

    /// <summary>The name of a parameter.</summary>
    public const string ParameterName = "SC1022";

    /// <summary>The type of a parameter.</summary>
    public const string ParameterType = "SC1023";

    /// <summary>A key that the parameter's type needs.</summary>
    public const string ParameterNeeds = "SC1024";

    /// <summary>A key that the parameter's type does not have.</summary>
    public const string ParameterHasNo = "SC1025";

    /// <summary>The list of items.</summary>
    public const string Items = "SC1026";

    /// <summary>A value outside the parameter's domain.</summary>
    public const string OutsideDomain = "SC1027";

    /// <summary>min above max.</summary>
    public const string MinAboveMax = "SC1040";

    /// <summary>Warning: a constant in the space.</summary>
    public const string Constant = "SC1041";

    /// <summary>A logarithmic scale that touches 0.</summary>
    public const string LogBound = "SC1042";

    /// <summary>Not a number.</summary>
    public const string NotANumber = "SC1044";

    /// <summary>A number too large for its kind.</summary>
    public const string NumberTooLarge = "SC1045";

    /// <summary>The step.</summary>
    public const string Step = "SC1046";

    /// <summary>Warning: values that look alike and differ.</summary>
    public const string LookAlikes = "SC1047";

    /// <summary>Warning: text that other YAML readers take for true or false.</summary>
    public const string TruthWord = "SC1048";

    /// <summary>Warning: a number that starts with 0.</summary>
    public const string LeadingZero = "SC1049";

    /// <summary>A condition on an unknown parameter.</summary>
    public const string UnknownParameter = "SC1050";

    /// <summary>Conditions that depend on each other.</summary>
    public const string ConditionCycle = "SC1051";

    /// <summary>A condition that never holds.</summary>
    public const string NeverActive = "SC1052";

    /// <summary>Forbidden combinations that leave nothing.</summary>
    public const string NothingLeft = "SC1053";

    /// <summary>A forbidden combination that no configuration can meet.</summary>
    public const string ForbidsNothing = "SC1054";

    /// <summary>A configuration to try first that is none of the space.</summary>
    public const string Enqueued = "SC1055";

    /// <summary>The earlier search of a warm start.</summary>
    public const string WarmStart = "SC1056";

    /// <summary>A grid that is too large.</summary>
    public const string GridTooLarge = "SC1060";

    /// <summary>A grid axis without an end of values.</summary>
    public const string GridAxis = "SC1061";

    /// <summary>Settings of the scheduler or the algorithm.</summary>
    public const string Scheduler = "SC1062";

    /// <summary>Patience.</summary>
    public const string Patience = "SC1063";

    /// <summary>A search without an end.</summary>
    public const string NoBudget = "SC1064";

    /// <summary>A duration.</summary>
    public const string Duration = "SC1065";

    /// <summary>A count in the budget.</summary>
    public const string Count = "SC1066";

    /// <summary>Stages of a coarse-to-fine search.</summary>
    public const string Stages = "SC1067";

    /// <summary>The end by expected improvement.</summary>
    public const string Plateau = "SC1068";

    /// <summary>How often each configuration is evaluated.</summary>
    public const string Repeats = "SC1069";

    /// <summary>A feature that this release does not have.</summary>
    public const string NotAvailable = "SC1070";

    /// <summary>A size in bytes.</summary>
    public const string Size = "SC1071";

    /// <summary>A metric that the workload does not report.</summary>
    public const string Metric = "SC1072";

    /// <summary>Warning: a metric with a surprising direction or from the test part.</summary>
    public const string MetricUse = "SC1073";

    /// <summary>An ensemble of models that cannot vote.</summary>
    public const string Ensemble = "SC1074";

    /// <summary>Several objectives, or a part of the search that takes only one.</summary>
    public const string Objectives = "SC1075";

    /// <summary>Warning: a scheduler that never gets to compare trials.</summary>
    public const string SchedulerUse = "SC1076";

    /// <summary>A parameter that the workload does not read.</summary>
    public const string NotRead = "SC1080";

    /// <summary>Values that the workload does not accept.</summary>
    public const string NotAccepted = "SC1081";

    /// <summary>A hyperparameter that must be given.</summary>
    public const string HyperparameterMissing = "SC1082";

    /// <summary>The same parameter in <c>space</c> and in <c>workload.fixed</c>.</summary>
    public const string GivenTwice = "SC1083";

    /// <summary>The workload: none, two, or a class.</summary>
    public const string Workload = "SC1090";

    /// <summary>Data missing, unknown or not needed.</summary>
    public const string Data = "SC1100";

    /// <summary>The hash of the data.</summary>
    public const string DataHash = "SC1101";

    /// <summary>The split of the data.</summary>
    public const string Split = "SC1102";
}
