using SearchCluster.Specs.Sections;

namespace SearchCluster.Specs.Checks;

/// <summary>Finds parameters that are never active and forbidden combinations that leave nothing.</summary>
/// <remarks>
/// Domains are reduced to one value per cell (<see cref="DomainCells"/>) and the remaining configurations
/// counted by <see cref="GridSpace"/>, which is exact. The count's cost can double with each condition, so beyond
/// <see cref="MostConditions"/> only each forbidden combination is looked at by itself; the search then ends with "space exhausted" if
/// several together leave nothing.
/// </remarks>
internal static class Reachability
{
    /// <summary>Most conditions for the exact count.</summary>
    public const int MostConditions = 12;

    /// <summary>Checks a space.</summary>
    public static void Check(Section root, SearchSpace space)
    {
        foreach (var parameter in space.Parameters.Where(parameter => parameter.When is { Count: > 0 }))
        {
            var ancestry = Ancestry(space, parameter);
            if (ConditionCount(ancestry, []) <= MostConditions && Count(ancestry, [], parameter.Name) == Count(ancestry, [], doubled: null))
            {
                var section = ((Syntax.MappingNode)((Syntax.MappingNode)root.Find("space")!.Value).Find(parameter.Name)!.Value).Find(
                    "when")!;
                root.Problems.Error(
                    SpecCodes.NeverActive,
                    section.Key.At,
                    $"space.{parameter.Name}.when",
                    $"space.{parameter.Name}: never active: its conditions cannot hold together",
                    "change the conditions");
            }
        }

        CheckForbidden(root, space);
    }

    private static void CheckForbidden(Section root, SearchSpace space)
    {
        if (space.Forbidden is not { Count: > 0 } forbidden)
        {
            return;
        }

        var all = space.Parameters.ToArray();
        var isEmpty = ConditionCount(all, forbidden) <= MostConditions
            ? Count(all, forbidden, doubled: null).IsZero
            : forbidden.Any(combination => combination.Conditions.All(condition => AlwaysHolds(space, condition)));
        if (isEmpty)
        {
            root.Error(
                SpecCodes.NothingLeft,
                root.Find("forbid")!.Key.At,
                "forbid",
                "forbid leaves no configuration of the space",
                "remove or narrow a combination");
        }
    }

    private static bool AlwaysHolds(SearchSpace space, Condition condition)
    {
        var parameter = space.Parameters.First(candidate => candidate.Name == condition.Parameter);
        return parameter.When is null or { Count: 0 }
            && DomainCells.Representatives(parameter.Domain, [condition.Test]).All(condition.Test.Accepts);
    }

    private static ParameterSpec[] Ancestry(SearchSpace space, ParameterSpec parameter)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { parameter.Name };
        foreach (var candidate in space.Parameters.Reverse())
        {
            if (names.Contains(candidate.Name))
            {
                names.UnionWith((candidate.When ?? []).Select(condition => condition.Parameter));
            }
        }

        return [.. space.Parameters.Where(candidate => names.Contains(candidate.Name))];
    }

    private static int ConditionCount(IEnumerable<ParameterSpec> parameters, ValueArray<ForbiddenCombination> forbidden) =>
        parameters.Sum(parameter => parameter.When?.Count ?? 0) + forbidden.Sum(combination => combination.Conditions.Count);

    // Doubling the values of one parameter changes the count exactly when it is active in some configuration.
    private static System.Numerics.BigInteger Count(
        IReadOnlyList<ParameterSpec> parameters, ValueArray<ForbiddenCombination> forbidden, string? doubled)
    {
        var reduced = parameters.Select(parameter =>
        {
            var tests = parameters.SelectMany(other => other.When ?? []).Concat(forbidden.SelectMany(combination => combination.Conditions))
                .Where(condition => condition.Parameter == parameter.Name).Select(condition => condition.Test);
            var cells = DomainCells.Representatives(parameter.Domain, tests).ToList();
            if (parameter.Name == doubled)
            {
                cells.Add(ParameterValue.Text("\0"));
            }

            return parameter with { Domain = new ItemDomain(cells.ToValueArray()), GridPoints = null };
        });
        return new GridSpace(new SearchSpace(reduced.ToValueArray(), forbidden)).Count;
    }
}
