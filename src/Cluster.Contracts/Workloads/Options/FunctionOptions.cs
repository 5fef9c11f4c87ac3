#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options;

/// <summary>An analytic test function.</summary>
public sealed record FunctionOptions
{
    [Required, Description("Which function; zdt1 and zdt3 have two objectives, value and value2.")]
    [SearchItems(
        "branin",
        "sphere",
        "rosenbrock",
        "rastrigin",
        "ackley",
        "hartmann6",
        "levy",
        "griewank",
        "schwefel",
        "styblinski-tang",
        "zdt1",
        "zdt3")]
    public string Function { get; init; } = "";

    [SearchRange(1, 10_000), Description("How often a trial reports on its way to the value.")]
    public int Measurements { get; init; } = 1;

    [SearchRange(0, 3_600_000), Description("Wait before each report.")]
    public int SleepMilliseconds { get; init; }
}
