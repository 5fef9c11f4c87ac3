using System.Numerics;

namespace SearchCluster.Contracts.Parameters;

/// <summary>The conditions of a space, applied to runs of points of a grid axis instead of single points.</summary>
/// <remarks>
/// What is known about a partly decided configuration is a set of bits, the facts: one for each condition that holds and that a later
/// parameter asks for, one for each forbidden combination that may still be met, and bit 0 when one is met already.
/// </remarks>
internal sealed class GridConditions
{
    private readonly Condition[] _conditions;
    private readonly int[][] _conditionsOf;
    private readonly int[][] _needs;
    private readonly int[] _lastUse;
    private readonly (int[] Conditions, int Last)[] _forbidden;
    private readonly GridRun[][] _runs;

    public GridConditions(SearchSpace space, GridAxis[] axes)
    {
        var position = space.Parameters
            .Select((parameter, index) => (parameter.Name, index))
            .ToDictionary(p => p.Name, p => p.index, StringComparer.Ordinal);
        var forbidden = space.Forbidden ?? [];
        _conditions = [.. space.Parameters.SelectMany(p => p.When ?? []).Concat(forbidden.SelectMany(f => f.Conditions)).Distinct()];
        var number = _conditions.Select((condition, index) => (condition, index)).ToDictionary(c => c.condition, c => c.index);
        _conditionsOf = [.. axes.Select(
            axis => Enumerable.Range(0, _conditions.Length).Where(c => _conditions[c].Parameter == axis.Parameter.Name).ToArray())];
        _needs = [.. space.Parameters.Select(p => (p.When ?? []).Select(c => number[c]).ToArray())];
        _lastUse = [.. _conditions.Select((_, c) => Array.FindLastIndex(_needs, need => need.Contains(c)))];
        _forbidden = [.. forbidden.Select(
            f => (f.Conditions.Select(c => number[c]).ToArray(), f.Conditions.Max(c => position[c.Parameter])))];
        _runs = [.. axes.Select((axis, p) => GridRun.Cut(axis, _conditionsOf[p].Select(c => _conditions[c].Test)))];
        Initial = Enumerable.Range(0, _forbidden.Length).Aggregate(BigInteger.Zero, (facts, f) => facts | AliveBit(f));
    }

    public BigInteger Initial { get; }

    private static bool IsSet(BigInteger facts, BigInteger bit) => !(facts & bit).IsZero;

    public static bool IsForbidden(BigInteger facts) => !facts.IsEven;

    public bool IsActive(int parameter, BigInteger facts) => Array.TrueForAll(_needs[parameter], c => IsSet(facts, HoldsBit(c)));

    public IReadOnlyList<GridRun> Runs(int parameter) => _runs[parameter];

    public BigInteger After(int parameter, GridRun run, BigInteger facts) =>
        After(parameter, c => run.Accepted.Contains(_conditions[c].Test), facts);

    public BigInteger AfterInactive(int parameter, BigInteger facts) => After(parameter, _ => false, facts);

    private BigInteger After(int parameter, Func<int, bool> holds, BigInteger facts)
    {
        foreach (var condition in _conditionsOf[parameter])
        {
            if (_lastUse[condition] > parameter && holds(condition))
            {
                facts |= HoldsBit(condition);
            }
        }

        // Facts that no later parameter asks for are forgotten, so that equal futures are counted once.
        for (var condition = 0; condition < _conditions.Length; condition++)
        {
            facts = _lastUse[condition] <= parameter ? facts & ~HoldsBit(condition) : facts;
        }

        for (var f = 0; f < _forbidden.Length; f++)
        {
            if (IsSet(facts, AliveBit(f)))
            {
                var isAlive = _forbidden[f].Conditions.Where(_conditionsOf[parameter].Contains).All(holds);
                facts = isAlive && _forbidden[f].Last > parameter ? facts : facts & ~AliveBit(f);
                facts = isAlive && _forbidden[f].Last == parameter ? facts | BigInteger.One : facts;
            }
        }

        return facts;
    }

    private static BigInteger HoldsBit(int condition) => BigInteger.One << (1 + (2 * condition));

    private static BigInteger AliveBit(int forbidden) => BigInteger.One << (2 + (2 * forbidden));
}

/// <summary>Consecutive points of an axis that satisfy the same tests.</summary>
/// <param name="First">Index of the first point.</param>
/// <param name="Count">How many points.</param>
/// <param name="Accepted">The tests they satisfy.</param>
internal sealed record GridRun(UInt128 First, UInt128 Count, HashSet<ConditionTest> Accepted)
{
    public static GridRun[] Cut(GridAxis axis, IEnumerable<ConditionTest> tests)
    {
        var all = tests.ToArray();
        var cuts = axis.IsAscending ? all.SelectMany(test => Bounds(axis, test)) : all.Length == 0 ? [] : Every(axis.Count);
        UInt128[] starts = [.. cuts.Append(UInt128.Zero).Where(cut => cut < axis.Count).Distinct().Order()];
        return [.. starts.Select((first, i) => new GridRun(
            first,
            (i + 1 < starts.Length ? starts[i + 1] : axis.Count) - first,
            [.. all.Where(test => test.Accepts(axis.At(first)))]))];
    }

    private static IEnumerable<UInt128> Every(UInt128 count)
    {
        for (var index = UInt128.Zero; index < count; index++)
        {
            yield return index;
        }
    }

    private static IEnumerable<UInt128> Bounds(GridAxis axis, ConditionTest test) => test switch
    {
        RangeTest range =>
            [FirstAtLeast(axis, range.Min ?? double.NegativeInfinity), FirstAbove(axis, range.Max ?? double.PositiveInfinity)],
        OneOfTest oneOf => oneOf.Values.SelectMany<ParameterValue, UInt128>(value =>
            value.TryGetNumber(out var number) ? [FirstAtLeast(axis, number), FirstAbove(axis, number)] : []),
        _ => throw new InvalidOperationException($"{test.GetType().Name} is not a known test; teach GridRun where it cuts an axis."),
    };

    private static UInt128 FirstAtLeast(GridAxis axis, double bound) => FirstWhere(axis, value => value >= bound);

    private static UInt128 FirstAbove(GridAxis axis, double bound) => FirstWhere(axis, value => value > bound);

    private static UInt128 FirstWhere(GridAxis axis, Predicate<double> isReached)
    {
        var (low, high) = (UInt128.Zero, axis.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            axis.At(middle).TryGetNumber(out var value);
            (low, high) = isReached(value) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
