using System.Globalization;

namespace SearchCluster.Runner;

/// <summary>What a space made by code has to be; files are checked by their reader.</summary>
internal static class SpaceRules
{
    public static void Check(SearchSpace space)
    {
        if (space.Parameters.Count == 0)
        {
            throw new ArgumentException("The space has no parameter, but needs at least one.", nameof(space));
        }

        var names = new HashSet<string>();
        foreach (var parameter in space.Parameters)
        {
            if (FaultOf(parameter.Domain) is { } fault)
            {
                throw new ArgumentException($"Parameter \"{parameter.Name}\" {fault}.", nameof(space));
            }

            if (parameter.When?.FirstOrDefault(condition => !names.Contains(condition.Parameter)) is { } unknown)
            {
                throw new ArgumentException(
                    $"Parameter \"{parameter.Name}\" depends on \"{unknown.Parameter}\", "
                        + $"which no parameter before it is; list that one first.",
                    nameof(space));
            }

            if (parameter.Default is { } standard && !parameter.Domain.Contains(standard))
            {
                throw new ArgumentException(
                    $"Parameter \"{parameter.Name}\" has default {standard}, "
                        + $"which is not among its values {parameter.Domain}; change one of the two.",
                    nameof(space));
            }

            if (!names.Add(parameter.Name))
            {
                throw new ArgumentException($"Parameter \"{parameter.Name}\" is there twice; names are distinct.", nameof(space));
            }
        }
    }

    public static void CheckPart(SearchSpace space, ParameterValues values)
    {
        foreach (var (name, value) in values.Entries)
        {
            var parameter = space.Parameters.FirstOrDefault(candidate => candidate.Name == name)
                ?? throw new ArgumentException(
                    $"An enqueued configuration has parameter \"{name}\", which the space does not have; "
                        + $"its parameters are {string.Join(", ", space.Parameters.Select(candidate => candidate.Name))}.",
                    nameof(values));
            if (!parameter.Domain.Contains(value))
            {
                throw new ArgumentException(
                    $"An enqueued configuration has {name} = {value}, which is not among its values {parameter.Domain}.", nameof(values));
            }
        }
    }

    private static string? FaultOf(ParameterDomain domain) => domain switch
    {
        RealDomain real when !double.IsFinite(real.Min) || !double.IsFinite(real.Max) || real.Min > real.Max => string.Create(
            CultureInfo.InvariantCulture,
            $"is searched from {real.Min} to {real.Max}, but both must be finite and the first at most the second"),
        RealDomain { IsLog: true, Min: <= 0 } real =>
            string.Create(CultureInfo.InvariantCulture, $"is searched on a log scale from {real.Min}, but that must be above 0"),
        RealDomain { Step: <= 0 } real => string.Create(CultureInfo.InvariantCulture, $"has step {real.Step}, but it must be above 0"),
        IntegerDomain whole when whole.Min > whole.Max =>
            string.Create(
                CultureInfo.InvariantCulture, $"is searched from {whole.Min} to {whole.Max}, but the first must be at most the second"),
        IntegerDomain { IsLog: true, Min: <= 0 } whole =>
            string.Create(CultureInfo.InvariantCulture, $"is searched on a log scale from {whole.Min}, but that must be above 0"),
        IntegerDomain { Step: < 1 } whole => string.Create(
            CultureInfo.InvariantCulture, $"has step {whole.Step}, but it must be at least 1"),
        ItemDomain { Items.Count: 0 } => "has no items, but needs at least one",
        ItemDomain items when items.Items.Distinct().Count() < items.Items.Count => "has an item twice; items are distinct",
        _ => null,
    };
}
