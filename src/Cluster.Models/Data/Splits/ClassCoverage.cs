using System.Globalization;
using SearchCluster.Models.Data.Tables;

namespace SearchCluster.Models.Data.Splits;

/// <summary>Tells what a split and its labels leave a model no chance with: classes that miss from a part, that have one row, or that are
/// one class written twice.</summary>
/// <param name="name">The data, for the sentences.</param>
/// <param name="rows">The classes, and which of them each row has.</param>
/// <param name="split">The parts; where validation and test are empty, rows that are not divided.</param>
/// <param name="isFold">True where each row validates in one fold or another, so that it does not matter which
/// classes this one lacks.</param>
internal sealed class ClassCoverage(string name, RowClasses rows, DataSplit split, bool isFold = false)
{
    private const int Shown = 5;

    private readonly ValueArray<string> _labels = rows.Labels;

    /// <summary>The sentences.</summary>
    public IEnumerable<string> Warnings()
    {
        var (train, validation, test) = (Count(split.Train), Count(split.Validation), Count(split.Test));
        int[] all = [.. Enumerable.Range(0, _labels.Count).Select(k => train[k] + validation[k] + test[k])];
        return new[]
        {
            Tell(k => all[k] == 0, $"have no {rows.Unit} at all, so that they cannot be learned or measured", all),
            Tell(k => all[k] == 1, $"have one {rows.Unit} only, which is in one part only", all),
            Tell(k => all[k] > 0 && train[k] == 0, "miss from the training part, so that no model can learn them", all),
            isFold || split.Validation.Length == 0
                ? null
                : Tell(
                    k => all[k] > 1 && train[k] > 0 && validation[k] == 0,
                    "miss from the validation part, so that no configuration is judged by them",
                    all),
            split.Test.Length == 0
                ? null
                : Tell(
                    k => all[k] > 1 && train[k] > 0 && test[k] == 0,
                    "miss from the test part, so that the result says nothing of them",
                    all),
        }.OfType<string>().Concat(rows.AreNames ? Twins(train, validation, test) : []);
    }

    private int[] Count(int[] part)
    {
        var counts = new int[_labels.Count];
        foreach (var k in part.SelectMany(rows.Of))
        {
            counts[k]++;
        }

        return counts;
    }

    private string? Tell(Func<int, bool> isMeant, string what, int[] counts)
    {
        int[] meant = [.. Enumerable.Range(0, _labels.Count).Where(isMeant)];
        return meant.Length == 0 ? null
            : $"{name}: {meant.Length} of {_labels.Count} classes {what}: "
                + $"{string.Join(", ", meant.Take(Shown).Select(k => Describe(k, counts[k])))}"
                + $"{(meant.Length > Shown ? $" … {Describe(meant[^1], counts[meant[^1]])}" : "")}.";
    }

    private string Describe(int k, int count) => $"'{DisplayText.Shorten(_labels[k])}'{(count > 1 ? $" ({count} {rows.Unit}s)" : "")}";

    private IEnumerable<string> Twins(int[] train, int[] validation, int[] test)
    {
        foreach (var same in Enumerable.Range(0, _labels.Count)
            .GroupBy(k => LabelForm.Of(_labels[k]), StringComparer.Ordinal)
            .Where(group => group.Count() > 1))
        {
            var isDivided = split.Validation.Length + split.Test.Length > 0;
            var places = same.Select(k => LabelForm.Visible(_labels[k]) + (isDivided
                ? $" (train {Number(train[k])}, validation {Number(validation[k])}, test {Number(test[k])})"
                : $" ({Number(train[k])} {rows.Unit}{(train[k] == 1 ? "" : "s")})"));
            yield return $"{name}: the labels {string.Join(" and ", places)} differ in case, blanks, signs that look alike, a dot at the "
                + $"end or the notation of a number only, but are taken for {same.Count()} classes; did you mean one? Write them alike.";
        }
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
