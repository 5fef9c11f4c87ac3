using System.Globalization;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Binding;

namespace SearchCluster.Specs.Explaining;

/// <summary>Describes one parameter for people.</summary>
internal static class ParameterExplainer
{
    /// <summary>Describes a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="workload">Knows what it is for.</param>
    /// <returns>The description.</returns>
    public static ParameterExplanation Explain(ParameterSpec parameter, WorkloadDescriptor workload) => new(
        parameter.Name,
        Type(parameter.Domain),
        Range(parameter.Domain),
        parameter.Domain switch
        {
            RealDomain { IsLog: true } or IntegerDomain { IsLog: true } => "log",
            RealDomain or IntegerDomain => "linear",
            _ => "choice",
        },
        GridAxis.Of(parameter)?.Count.ToString(CultureInfo.InvariantCulture),
        parameter.When is { Count: > 0 } when ? string.Join(" and ", when.Select(Condition)) : null,
        parameter.Default?.ToString(),
        parameter.Description ?? workload.Hyperparameters.FirstOrDefault(known => known.Name == parameter.Name)?.Description);

    private static string Type(ParameterDomain domain) => domain switch
    {
        RealDomain real => real.IsLog ? "log" : "float",
        IntegerDomain whole => whole.IsLog ? "logint" : "int",
        ItemDomain => "item",
        _ => "bool",
    };

    private static string Range(ParameterDomain domain) => domain switch
    {
        RealDomain real => $"{Number(real.Min)} … {Number(real.Max)}{(real.Step is { } step ? $" step {Number(step)}" : "")}",
        IntegerDomain whole => $"{Number(whole.Min)} … {Number(whole.Max)}{(whole.Step > 1 ? $" step {Number(whole.Step)}" : "")}",
        ItemDomain items => Display.List(items.Items.Select(ValueBinder.Literal)),
        _ => "true, false",
    };

    private static string Condition(Condition condition) => condition.Test switch
    {
        RangeTest { Min: { } min, Max: { } max } => $"{condition.Parameter} is {Number(min)} … {Number(max)}",
        RangeTest { Min: { } min } => $"{condition.Parameter} is at least {Number(min)}",
        RangeTest { Max: { } max } => $"{condition.Parameter} is at most {Number(max)}",
        OneOfTest test => $"{condition.Parameter} is {string.Join(" or ", test.Values.Select(ValueBinder.Literal))}",
        _ => condition.Parameter,
    };

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
