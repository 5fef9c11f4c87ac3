using System.Globalization;

namespace SearchCluster.Coordinator.Service;

/// <summary>Counts why configurations of an earlier search are none of a space.</summary>
internal sealed class SpaceMisfits(SearchSpace space)
{
    private const int MostReasons = 4;

    private readonly Dictionary<string, (int Count, string? Example)> _reasons = new(StringComparer.Ordinal);

    /// <summary>Takes a configuration that the space does not contain.</summary>
    /// <param name="values">The configuration.</param>
    public void Add(ParameterValues values)
    {
        var known = space.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var extra in values.Entries.Keys.Where(name => !known.Contains(name)))
        {
            Count($"parameter {extra} is not in this space", null);
        }

        foreach (var parameter in space.Parameters)
        {
            var isActive = parameter.IsActive(values);
            if (!values.TryGet(parameter.Name, out var value))
            {
                Count(isActive ? $"parameter {parameter.Name} is missing there" : null, null);
            }
            else if (!isActive || !parameter.Domain.Contains(value))
            {
                Count(isActive ? $"{parameter.Name} is outside its range here" : $"{parameter.Name} is not active here", value.ToString());
            }
        }

        Count(space.IsForbidden(values) ? "the combination is forbidden here" : null, null);
    }

    /// <summary>Lists the reasons, most frequent first.</summary>
    /// <returns>For example <c>learningRate is outside its range here (12 trials, for example 0.5)</c>.</returns>
    public string Describe() => string.Join("; ", _reasons
        .OrderByDescending(reason => reason.Value.Count)
        .ThenBy(reason => reason.Key, StringComparer.Ordinal)
        .Take(MostReasons)
        .Select(reason => string.Create(
            CultureInfo.InvariantCulture,
            $"{reason.Key} ({reason.Value.Count:#,0} trial{(reason.Value.Count == 1 ? "" : "s")}"
                + $"{(reason.Value.Example is { } example ? $", for example {example}" : "")})")));

    private void Count(string? reason, string? example)
    {
        if (reason is not null)
        {
            _reasons[reason] = (_reasons.GetValueOrDefault(reason).Count + 1, _reasons.GetValueOrDefault(reason).Example ?? example);
        }
    }
}
