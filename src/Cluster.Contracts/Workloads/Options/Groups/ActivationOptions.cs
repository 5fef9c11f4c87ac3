#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>The activation function.</summary>
public sealed record ActivationOptions
{
    [SearchItems("relu", "leaky-relu", "sigmoid", "tanh", "gelu"), Description("Activation after each hidden layer.")]
    public string Activation { get; init; } = "relu";
}
