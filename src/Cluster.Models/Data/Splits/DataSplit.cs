using System.Globalization;
namespace SearchCluster.Models.Data.Splits;

/// <summary>Row numbers of the three parts, each ascending; every row is in exactly one.</summary>
/// <param name="Train">Rows to learn from.</param>
/// <param name="Validation">Rows to judge configurations by.</param>
/// <param name="Test">Rows to judge the result by; may be empty.</param>
internal sealed record DataSplit(int[] Train, int[] Validation, int[] Test)
{
    private const int MostSingles = 1_000;

    /// <summary>Splits by the search's seed, or as the data themselves say.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="spec">Shares.</param>
    /// <param name="searchSeed">Master seed of the search.</param>
    /// <remarks>
    /// Stratified: each class is shuffled and divided alone, by largest remainder, so its share in a part is off by less than one row.
    /// Folds: the rows are shuffled, class by class where stratified, and dealt one after the other, so that
    /// sizes and class counts of two folds differ by at most one. A class of one or two rows cannot be in all parts: it is in the training
    /// part first. Rows in the order of time are divided where they lie, without a shuffle. Parts that the data bring stay as they are;
    /// where they bring no validation part, it is taken from their training part in the proportion of the
    /// shares of training and validation.
    /// </remarks>
    /// <exception cref="DataException">SC3013: a part that is needed would be empty.</exception>
    public static DataSplit Create(Samples samples, SplitSpec spec, ulong searchSeed)
    {
        var split = spec.Folds is not null
            ? Folded(samples, spec, searchSeed)
            : spec.TrainRows is not null ? Named(samples, spec) : samples.Given is { } given
                ? Complete(samples, given, spec, searchSeed)
                : Divide(samples, Enumerable.Range(0, samples.Rows), spec, searchSeed);
        if (split.Train.Length == 0 || split.Validation.Length == 0)
        {
            throw samples.WhyNoneToValidate
                ?? new DataException(
                    DataCodes.Split,
                    $"{samples.Name} has {samples.Rows} rows, which "
                        + $"gives {split.Train.Length} to train and {split.Validation.Length} to validate; both need at least one.");
        }

        samples.Groups?.Check(samples.Name, split);
        return split;
    }

    /// <summary>How many folds a spec asks of data.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="spec">With folds.</param>
    public static int FoldsOf(Samples samples, SplitSpec spec) => spec.Folds is not SplitSpec.LeaveOneOut ? spec.Folds!.Value
        : samples.Groups is { } groups ? Pool(samples).Select(row => groups.Of[row]).Distinct().Count() : Pool(samples).Length;

    /// <summary>Tells of a test part that was asked for by its share, but has no row.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="spec">Shares.</param>
    public IEnumerable<string> Warn(Samples samples, SplitSpec spec) => LeftOut(samples, spec).Concat(EmptyTest(samples, spec));

    // The numbers are those of the file, so that nobody tests on other rows than were named.
    private IEnumerable<string> LeftOut(Samples samples, SplitSpec spec)
    {
        var named = new[] { spec.TrainRows, spec.ValidationRows,
            spec.TestRows }.OfType<RowRange>().Sum(range => range.Last - range.First + 1);
        var used = Train.Length + Validation.Length + (spec.TestRows is null ? 0 : Test.Length);
        return spec.TrainRows is null || used >= named ? []
            : [string.Create(CultureInfo.InvariantCulture, $"{samples.Name}: of the {named} rows that data.split names by their numbers "
                + $"in the file, {named - used} are not used, because data.missing or data.limit leaves them out: {Train.Length} are "
                + $"left to train, {Validation.Length} to validate, {Test.Length} to test.")];
    }

    private IEnumerable<string> EmptyTest(Samples samples, SplitSpec spec) => Test.Length > 0 || spec is not
    {
        Test: > 0, Folds: null,
        TrainRows: null
    } || samples.Given is not null ? []
        : [string.Create(
            CultureInfo.InvariantCulture,
            $"{samples.Name}: the test part is empty, because {spec.Test} of {samples.Rows} "
                + $"rows{(spec.Stratify && samples.Strata is not null ? ", taken from each class," : "")} is less than one; "
                + $"so nothing is measured on rows that no decision has seen. Give data.split.test a larger share, or say test: 0.")];

    private static int[] Pool(Samples samples) =>
        samples.Given is { } given ? [.. given.Train, .. given.Validation] : [.. Enumerable.Range(0, samples.Rows)];

    private static DataSplit Folded(Samples samples, SplitSpec spec, ulong searchSeed)
    {
        if (samples.IsOrdered)
        {
            throw new DataException(
                DataCodes.Split,
                $"{samples.Name} has rows in the order of time, which cannot be divided into folds: "
                    + $"each would be judged by what came before its training; give shares.");
        }

        var (pool, count) = (Pool(samples), FoldsOf(samples, spec));
        if (pool.Length < Math.Max(2, count) || (spec.Folds == SplitSpec.LeaveOneOut && count > MostSingles))
        {
            throw new DataException(
                DataCodes.Split,
                $"{samples.Name} has {Counted.Of(pool.Length, "row")} for {Counted.Of(count, "fold")}; "
                    + $"there must be at least one row for each, and to leave one out at most {MostSingles}.");
        }

        var stream = SeedSequence.Stream(searchSeed, StreamPurpose.DataSplit, 0);
        var fold = spec.Fold ?? 0;
        if (samples.Groups is { } groups)
        {
            RequireGroups(samples, pool, groups, count, "folds");
            var parts = GroupedSplit.Divide(pool, groups, ClassOf(samples, spec), [.. Enumerable.Repeat(1.0 / count, count)], stream);
            return new(
                [.. parts.Where((_, part) => part != fold).SelectMany(part => part).Order()],
                parts[fold],
                samples.Given?.Test ?? []);
        }

        var dealt = new List<int>(pool.Length);
        foreach (var group in Groups(samples, pool, spec.Stratify))
        {
            stream.Shuffle<int>(group);
            dealt.AddRange(group);
        }

        return new(
            [.. dealt.Where((_, place) => place % count != fold).Order()],
            [.. dealt.Where((_, place) => place % count == fold).Order()],
            samples.Given?.Test ?? []);
    }

    private static void RequireGroups(Samples samples, int[] rows, RowGroups groups, int parts, string what)
    {
        var count = rows.Select(row => groups.Of[row]).Distinct().Count();
        if (count < parts)
        {
            throw new DataException(
                DataCodes.TooFewGroups,
                $"{samples.Name}: {groups.What} has {count} group(s), too few for {parts} {what}, since no group may be in two of them; "
                    + $"give fewer {what}, or another column in data.split.groupBy.");
        }
    }

    private static Func<int, int>? ClassOf(Samples samples, SplitSpec spec) =>
        spec.Stratify && samples.Strata is { } strata ? row => strata[row] : null;

    private static IEnumerable<int[]> Groups(Samples samples, IEnumerable<int> rows, bool stratify) =>
        stratify && samples.Strata is { } strata
            ? rows.GroupBy(row => strata[row]).OrderBy(group => group.Key).Select(group => group.ToArray())
            : [rows.ToArray()];

    private static DataSplit Named(Samples samples, SplitSpec spec)
    {
        var rows = samples.Numbers is null ? samples.Rows : samples.FileRows;
        int[] Rows(RowRange? range) => range is null ? []
            : range.Last >= rows ? throw new DataException(DataCodes.Split, $"{samples.Name} has {rows} rows, numbered from 0, but "
                + $"data.split names rows {range}.")
            : samples.Numbers is not { } numbers ? [.. Enumerable.Range(range.First, range.Last - range.First + 1)]
            : [.. Enumerable.Range(0, samples.Rows).Where(row => numbers[row] >= range.First && numbers[row] <= range.Last)];
        var split = new DataSplit(
            Rows(spec.TrainRows), Rows(spec.ValidationRows), spec.TestRows is null ? samples.Given?.Test ?? [] : Rows(spec.TestRows));
        (string Name, int[] Rows)[] parts = [
            ("trainRows", split.Train),
            ("validationRows", split.Validation),
            (spec.TestRows is null ? "the test part of the data" : "testRows", split.Test),
        ];
        foreach (var (first, second) in ((int, int)[])[(0, 1), (0, 2), (1, 2)])
        {
            if (parts[first].Rows.Intersect(parts[second].Rows).Order().ToList() is { Count: > 0 } both)
            {
                int Number(int row) => samples.Numbers is { } numbers ? numbers[row] : row;
                throw new DataException(DataCodes.Split, string.Create(CultureInfo.InvariantCulture, $"{samples.Name}: {parts[first].Name} "
                    + $"and {parts[second].Name} share {both.Count} row(s), from {Number(both[0])} to {Number(both[^1])}; a row can be in "
                    + $"one part only: correct data.split."));
            }
        }

        return split;
    }

    private static DataSplit Complete(Samples samples, GivenParts given, SplitSpec spec, ulong searchSeed)
    {
        if (given.Validation.Length > 0)
        {
            return new(given.Train, given.Validation, given.Test);
        }

        var sum = spec.Train + spec.Validation;
        var divided = Divide(
            samples, given.Train, spec with { Train = spec.Train / sum, Validation = spec.Validation / sum, Test = 0 }, searchSeed);
        return divided with { Test = given.Test };
    }

    private static DataSplit Divide(Samples samples, IEnumerable<int> rows, SplitSpec spec, ulong searchSeed)
    {
        if (samples.IsOrdered)
        {
            int[] ordered = [.. rows];
            var (first, second) = Counts(ordered.Length, spec);
            return new(ordered[..first], ordered[first..(first + second)], ordered[(first + second)..]);
        }

        var stream = SeedSequence.Stream(searchSeed, StreamPurpose.DataSplit, 0);
        if (samples.Groups is { } groups)
        {
            int[] all = [.. rows];
            double[] shares = [spec.Train, spec.Validation, spec.Test];
            RequireGroups(samples, all, groups, shares.Count(share => share > 0), "parts");
            var parts = GroupedSplit.Divide(all, groups, ClassOf(samples, spec), shares, stream);
            return new(parts[0], parts[1], parts[2]);
        }

        List<int> train = [], validation = [], test = [];
        foreach (var group in Groups(samples, rows, spec.Stratify))
        {
            stream.Shuffle<int>(group);
            var (trainCount, validationCount) = Counts(group.Length, spec);
            train.AddRange(group[..trainCount]);
            validation.AddRange(group[trainCount..(trainCount + validationCount)]);
            test.AddRange(group[(trainCount + validationCount)..]);
        }

        return new([.. train.Order()], [.. validation.Order()], [.. test.Order()]);
    }

    private static (int Train, int Validation) Counts(int rows, SplitSpec spec)
    {
        double[] exact = [rows * spec.Train, rows * spec.Validation, rows * spec.Test];
        int[] counts = [.. exact.Select(share => (int)Math.Floor(share))];
        foreach (var part in Enumerable.Range(0, 3)
            .OrderByDescending(part => exact[part] - counts[part])
            .ThenBy(part => part)
            .Take(rows - counts.Sum())
            .ToArray())
        {
            counts[part]++;
        }

        return (counts[0], counts[1]);
    }
}
