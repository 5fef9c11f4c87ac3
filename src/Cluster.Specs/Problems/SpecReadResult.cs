using System.Collections.Immutable;
using SearchCluster.Contracts.Api;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Specs.Problems;

/// <summary>What came of reading a spec file.</summary>
/// <param name="Spec">The spec with every default filled in; null when any problem is an error.</param>
/// <param name="Problems">Errors and warnings by line, at most <see cref="SpecLimits.Problems"/>.</param>
/// <param name="Omitted">How many further problems were found and left out.</param>
public sealed record SpecReadResult(SearchSpec? Spec, ImmutableArray<SpecProblem> Problems, int Omitted = 0)
{
    /// <summary>How many of the problems listed are errors.</summary>
    public int ErrorCount => Problems.Count(problem => problem.Severity == SpecSeverity.Error);

    /// <summary>How many of the problems listed are warnings.</summary>
    public int WarningCount => Problems.Length - ErrorCount;

    /// <summary>True when an override (<c>--set</c>) names no field: wrong usage of the command line rather than a bad file.</summary>
    public bool HasUnknownOverride => Problems.Any(problem => problem.Code == SpecCodes.UnknownOverride);
}
