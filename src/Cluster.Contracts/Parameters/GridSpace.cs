using System.Numerics;

namespace SearchCluster.Contracts.Parameters;

/// <summary>All configurations of a space on its grid, counted and numbered without enumerating them.</summary>
/// <remarks>
/// Each distinct configuration has exactly one number: an inactive parameter takes no part, a forbidden combination has no number.
/// The order is lexicographic in the order of the parameters, so the last one changes fastest. Conditions cut an axis into runs of
/// points that satisfy the same of them; configurations are counted per run, and per set of conditions that still matter, so the
/// cost depends on the number of conditions and not on the number of points. Thread-safe.
/// </remarks>
public sealed class GridSpace
{
    /// <summary>Most partial counts that are kept; conditions that interact in more ways are refused.</summary>
    /// <remarks>Independent forbidden combinations can double the ways one by one. This many are counted within a second.</remarks>
    public const int MaximumPartialCounts = 2_000;

    private readonly GridAxis[] _axes;
    private readonly GridConditions _conditions;
    private readonly Dictionary<(int Parameter, BigInteger Facts), BigInteger> _counts = [];
    private readonly Lock _lock = new();

    /// <summary>Prepares a space.</summary>
    /// <exception cref="ArgumentException">A parameter has no countable points.</exception>
    /// <exception cref="GridTooEntangledException">Conditions interact in more than <see cref="MaximumPartialCounts"/> ways.</exception>
    public GridSpace(SearchSpace space)
    {
        _axes = [.. space.Parameters.Select(parameter => GridAxis.Of(parameter)
            ?? throw new ArgumentException(
                $"Parameter \"{parameter.Name}\" has no countable values; give it a step or grid points.", nameof(space)))];
        _conditions = new GridConditions(space, _axes);
        Count = CountFrom(0, _conditions.Initial);
    }

    /// <summary>How many configurations there are; may be 0 when all are forbidden.</summary>
    public BigInteger Count { get; }

    /// <summary>Computes one configuration.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or not below <see cref="Count"/>.</exception>
    public ParameterValues At(BigInteger index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var values = new List<KeyValuePair<string, ParameterValue>>(_axes.Length);
        var facts = _conditions.Initial;
        for (var parameter = 0; parameter < _axes.Length; parameter++)
        {
            if (!_conditions.IsActive(parameter, facts))
            {
                facts = _conditions.AfterInactive(parameter, facts);
                continue;
            }

            foreach (var run in _conditions.Runs(parameter))
            {
                var next = _conditions.After(parameter, run, facts);
                var each = CountFrom(parameter + 1, next);
                var size = each * run.Count;
                if (index < size)
                {
                    values.Add(new(_axes[parameter].Parameter.Name, _axes[parameter].At(run.First + (UInt128)(index / each))));
                    index %= each;
                    facts = next;
                    break;
                }

                index -= size;
            }
        }

        return new ParameterValues(values);
    }

    private BigInteger CountFrom(int parameter, BigInteger facts)
    {
        if (GridConditions.IsForbidden(facts))
        {
            return BigInteger.Zero;
        }

        if (parameter == _axes.Length)
        {
            return BigInteger.One;
        }

        lock (_lock)
        {
            if (!_counts.TryGetValue((parameter, facts), out var count))
            {
                count = !_conditions.IsActive(parameter, facts)
                    ? CountFrom(parameter + 1, _conditions.AfterInactive(parameter, facts))
                    : _conditions.Runs(parameter).Aggregate(
                        BigInteger.Zero,
                        (sum, run) => sum + (run.Count * CountFrom(parameter + 1, _conditions.After(parameter, run, facts))));
                if (_counts.Count >= MaximumPartialCounts)
                {
                    throw new GridTooEntangledException();
                }

                _counts[(parameter, facts)] = count;
            }

            return count;
        }
    }
}

/// <summary>The conditions of a grid interact in too many ways to count it.</summary>
public sealed class GridTooEntangledException() : SearchClusterException(
    $"The grid's conditions and forbidden combinations interact in more than {GridSpace.MaximumPartialCounts} ways; use fewer forbid "
        + $"entries, or algorithm random.");
