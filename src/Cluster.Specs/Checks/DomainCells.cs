namespace SearchCluster.Specs.Checks;

/// <summary>Cuts a domain into cells on which given tests do not change, one value for each.</summary>
/// <remarks>
/// A test of the format is a list of values or a range, so it changes only at finitely many numbers. Testing one value below, at and
/// above each of them decides exactly what the tests can do on an infinite domain.
/// </remarks>
internal static class DomainCells
{
    private const double MostValues = 64;

    /// <summary>Picks one value of each cell.</summary>
    /// <returns>Values of the domain, each once.</returns>
    public static IReadOnlyList<ParameterValue> Representatives(ParameterDomain domain, IEnumerable<ConditionTest> tests) => domain switch
    {
        ItemDomain items => items.Items,
        BooleanDomain => [ParameterValue.Boolean(false), ParameterValue.Boolean(true)],
        IntegerDomain whole => OfIntegers(whole, tests),
        RealDomain { StepCount: { } count } real => OfSteps(real, count, tests),
        RealDomain real => OfReals(real, tests),
        _ => throw new ArgumentOutOfRangeException(nameof(domain), domain, "A domain of an unknown kind."),
    };

    private static IReadOnlyList<ParameterValue> OfIntegers(IntegerDomain domain, IEnumerable<ConditionTest> tests)
    {
        var last = (long)Math.Min(domain.Count - 1, long.MaxValue);
        return [.. Indices(last, tests, number => (number - domain.Min) / domain.Step)
            .Select(index => ParameterValue.Integer((long)(domain.Min + ((Int128)index * domain.Step))))
            .Where(value => domain.Contains(value))];
    }

    private static IReadOnlyList<ParameterValue> OfSteps(RealDomain domain, long count, IEnumerable<ConditionTest> tests) =>
        [.. Indices(count - 1, tests, number => (number - domain.Min) / domain.Step!.Value)
            .Select(index => ParameterValue.Real(domain.AtStep(index)))];

    private static IReadOnlyList<ParameterValue> OfReals(RealDomain domain, IEnumerable<ConditionTest> tests)
    {
        double[] points = [.. Thresholds(tests)
            .Append(domain.Min)
            .Append(domain.Max)
            .Where(number => number >= domain.Min && number <= domain.Max)
            .Distinct()
            .Order()];
        var middles = points.Zip(points.Skip(1), (a, b) => a + ((b - a) / 2));
        return [.. points.Concat(middles).Distinct().Order().Select(ParameterValue.Real)];
    }

    private static SortedSet<long> Indices(long last, IEnumerable<ConditionTest> tests, Func<double, double> toIndex)
    {
        var indices = new SortedSet<long> { 0, last };
        if (last < MostValues)
        {
            indices.UnionWith(Enumerable.Range(0, (int)last + 1).Select(index => (long)index));
            return indices;
        }

        foreach (var threshold in Thresholds(tests))
        {
            var near = Math.Round(Math.Clamp(toIndex(threshold), -2, last));
            indices.UnionWith(Enumerable.Range(-1, 3).Select(offset => (long)near + offset).Where(index => index >= 0 && index <= last));
        }

        long[] sorted = [.. indices];
        indices.UnionWith(sorted.Zip(sorted.Skip(1), (a, b) => a + ((b - a) / 2)));
        return indices;
    }

    private static IEnumerable<double> Thresholds(IEnumerable<ConditionTest> tests)
    {
        foreach (var test in tests)
        {
            if (test is RangeTest range)
            {
                if (range.Min is { } min)
                {
                    yield return min;
                }

                if (range.Max is { } max)
                {
                    yield return max;
                }
            }
            else if (test is OneOfTest oneOf)
            {
                foreach (var value in oneOf.Values)
                {
                    if (value.TryGetNumber(out var number))
                    {
                        yield return number;
                    }
                }
            }
        }
    }
}
