namespace SearchCluster.Specs.Problems;

/// <summary>The values of <see cref="Contracts.Api.SpecProblem.Severity"/>.</summary>
public static class SpecSeverity
{
    /// <summary>The spec cannot be used.</summary>
    public const string Error = "error";

    /// <summary>The spec can be used; a person should look.</summary>
    public const string Warning = "warning";
}
