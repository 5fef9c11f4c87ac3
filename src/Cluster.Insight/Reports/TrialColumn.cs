namespace SearchCluster.Insight.Reports;

/// <summary>Where the cells of a column of trials come from.</summary>
public enum TrialColumnKind
{
    /// <summary>What every trial has, for example its state.</summary>
    BuiltIn,

    /// <summary>A parameter of the space.</summary>
    Parameter,

    /// <summary>A metric that the workload reports.</summary>
    Metric,
}

/// <summary>One column of a table of trials.</summary>
/// <param name="Name">Its heading, which no other column has.</param>
/// <param name="Kind">Where its cells come from.</param>
/// <param name="Key">What it is called there.</param>
public sealed record TrialColumn(string Name, TrialColumnKind Kind, string Key)
{
    /// <summary>Stands before the name of a parameter that is also that of another column.</summary>
    public const string ParameterPrefix = "params.";

    /// <summary>The same for metrics.</summary>
    public const string MetricPrefix = "metrics.";

    /// <summary>Names a parameter beside metrics: as it is called, unless one of them is called so too.</summary>
    public static string ParameterBeside(string parameter, ValueMap<double> metrics) =>
        metrics.ContainsKey(parameter) ? ParameterPrefix + parameter : parameter;
}
