namespace SearchCluster.Contracts.Parameters;

/// <summary>One parameter of a space.</summary>
/// <param name="Name">Its name: a letter or '_', then up to 63 of letters, digits and <c>_ . / -</c>.</param>
/// <param name="Domain">The values it can take.</param>
/// <param name="Default">The value a person would start with, inside the domain; null when not given.</param>
/// <param name="GridPoints">Points on this axis for algorithm <c>grid</c>; null where the domain itself is countable.</param>
/// <param name="When">Conditions that must all hold for the parameter to be active; they name earlier
/// parameters. Empty: always active.</param>
/// <param name="Description">For people.</param>
public sealed record ParameterSpec(
    string Name,
    ParameterDomain Domain,
    ParameterValue? Default = null,
    int? GridPoints = null,
    ValueArray<Condition>? When = null,
    string? Description = null)
{
    /// <summary>Tells whether the parameter is active, given the values of the parameters before it.</summary>
    /// <param name="values">Values decided so far.</param>
    /// <returns>True when all conditions hold.</returns>
    public bool IsActive(ParameterValues values) => When is null || When.All(condition => condition.Holds(values));
}

/// <summary>The parameters of a search and the combinations it must not try.</summary>
/// <param name="Parameters">In topological order of their conditions (the spec reader sorts them); names are distinct.</param>
/// <param name="Forbidden">Each entry is a conjunction; a configuration that meets all of one entry is never tried.</param>
public sealed record SearchSpace(ValueArray<ParameterSpec> Parameters, ValueArray<ForbiddenCombination>? Forbidden = null)
{
    /// <summary>Tells whether a configuration is one of the space: exactly the active parameters, each inside
    /// its domain, not forbidden.</summary>
    /// <param name="values">Any configuration.</param>
    /// <returns>True when a trial may carry it.</returns>
    public bool Contains(ParameterValues values)
    {
        var active = 0;
        foreach (var parameter in Parameters)
        {
            if (parameter.IsActive(values))
            {
                active++;
                if (!values.TryGet(parameter.Name, out var value) || !parameter.Domain.Contains(value))
                {
                    return false;
                }
            }
        }

        return active == values.Count && !IsForbidden(values);
    }

    /// <summary>Tells whether a configuration meets all conditions of a forbidden combination.</summary>
    /// <param name="values">Any configuration.</param>
    /// <returns>True when it must not be tried.</returns>
    public bool IsForbidden(ParameterValues values) => Forbidden is not null && Forbidden.Any(combination => combination.Matches(values));
}

/// <summary>A conjunction of conditions that no trial may meet.</summary>
/// <param name="Conditions">All must hold for a match; at least one.</param>
public sealed record ForbiddenCombination(ValueArray<Condition> Conditions)
{
    /// <summary>Tells whether a configuration meets all conditions.</summary>
    /// <param name="values">Any configuration.</param>
    /// <returns>True when it is forbidden.</returns>
    public bool Matches(ParameterValues values) => Conditions.All(condition => condition.Holds(values));
}
