namespace SearchCluster.Cli.Commands.Specs;

/// <summary>One configuration out of the middle of a space: what a person would try first.</summary>
internal static class CentralConfiguration
{
    /// <summary>Finds it.</summary>
    /// <param name="spec">The spec; its first enqueued configuration goes before defaults, and those before the
    /// middles of ranges, on their scales.</param>
    /// <returns>The active parameters. It may be one that is forbidden: nothing is searched with it.</returns>
    public static ParameterValues Of(SearchSpec spec)
    {
        var given = spec.Enqueue is { Count: > 0 } enqueue ? enqueue[0] : ParameterValues.Empty;
        return spec.Space.Parameters.Aggregate(
            ParameterValues.Empty,
            (values, parameter) => !parameter.IsActive(values)
                ? values
                : values.With(
                    parameter.Name, given.TryGet(parameter.Name, out var value) ? value : parameter.Default ?? Middle(parameter.Domain)));
    }

    private static ParameterValue Middle(ParameterDomain domain) => domain switch
    {
        RealDomain { Step: null } real => ParameterValue.Real(Middle(real.Min, real.Max, real.IsLog)),
        RealDomain real => ParameterValue.Real(real.AtStep(real.StepCount!.Value / 2)),
        IntegerDomain whole =>
            ParameterValue.Integer(whole.Min + ((long)(Middle(whole.Min, whole.Max, whole.IsLog) - whole.Min) / whole.Step * whole.Step)),
        ItemDomain items => items.Items[items.IsOrdered ? items.Items.Count / 2 : 0],
        _ => ParameterValue.Boolean(false),
    };

    private static double Middle(double min, double max, bool isLog) => isLog ? Math.Sqrt(min) * Math.Sqrt(max) : min + ((max - min) / 2);
}
