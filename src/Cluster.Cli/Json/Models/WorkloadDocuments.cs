using System.Text.Json.Serialization;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Explaining;

namespace SearchCluster.Cli.Json.Models;

/// <summary>What can be trained.</summary>
internal sealed record WorkloadListDocument(IReadOnlyList<WorkloadJson> Workloads)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/workload-list@1";
}

/// <summary>One workload with everything that it reads and reports.</summary>
internal sealed record WorkloadDocument(
    WorkloadJson Workload, IReadOnlyList<HyperparameterJson> Hyperparameters, IReadOnlyList<string> Metrics)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/workload@1";

    public static WorkloadDocument Of(WorkloadDescriptor workload) =>
        new(WorkloadJson.Of(workload), [.. workload.Hyperparameters.Select(HyperparameterJson.Of)], [.. workload.Metrics]);
}

internal sealed record WorkloadJson(
    string Name, string Description, bool NeedsData, string? Answer, bool SupportsEnsemble, bool HasEncoder, bool AllowsOtherParameters)
{
    public static WorkloadJson Of(WorkloadDescriptor workload) => new(
        workload.Name,
        workload.Description,
        workload.NeedsData,
        workload.Target?.ToString().ToLowerInvariant(),
        workload.SupportsEnsemble,
        workload.EncoderParameters is not null,
        workload.AllowsOtherParameters);
}

internal sealed record HyperparameterJson(
    string Name,
    string Type,
    double? Min,
    double? Max,
    double? Step,
    IReadOnlyList<ParameterValue>? Items,
    ParameterValue? Default,
    bool IsRequired,
    string Description)
{
    public static HyperparameterJson Of(HyperparameterDescriptor parameter)
    {
        var (min, max, step) = parameter.Domain switch
        {
            RealDomain real => (real.Min, real.Max, real.Step),
            IntegerDomain whole => (whole.Min, whole.Max, whole.Step > 1 ? whole.Step : null),
            _ => ((double?)null, (double?)null, (double?)null),
        };
        return new(
            parameter.Name,
            DomainText.Type(parameter.Domain),
            min,
            max,
            step,
            parameter.Domain is ItemDomain items ? [.. items.Items] : null,
            parameter.Default,
            parameter.Default is null && !parameter.IsOptional,
            parameter.Description);
    }
}
