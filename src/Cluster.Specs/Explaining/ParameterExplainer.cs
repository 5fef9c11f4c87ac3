using System.Globalization;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Sections;

namespace SearchCluster.Specs.Explaining;

/// <summary>Describes one parameter for people.</summary>
internal static class ParameterExplainer
{
    /// <summary>Describes a parameter.</summary>
    /// <param name="parameter">As understood, with its domain.</param>
    /// <param name="workload">Knows what it is for.</param>
    /// <returns>The description.</returns>
    public static ParameterExplanation Explain(ParameterSpec parameter, WorkloadDescriptor workload) => new(
        parameter.Name,
        DomainText.Type(parameter.Domain),
        DomainText.Range(parameter.Domain),
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

    private static string Condition(Condition condition) => condition.Test switch
    {
        RangeTest { Min: { } min, Max: { } max } => $"{condition.Parameter} is {DomainText.Number(min)} … {DomainText.Number(max)}",
        RangeTest { Min: { } min } => $"{condition.Parameter} is at least {DomainText.Number(min)}",
        RangeTest { Max: { } max } => $"{condition.Parameter} is at most {DomainText.Number(max)}",
        OneOfTest test => $"{condition.Parameter} is {string.Join(" or ", test.Values.Select(ValueBinder.Literal))}",
        _ => condition.Parameter,
    };
}
