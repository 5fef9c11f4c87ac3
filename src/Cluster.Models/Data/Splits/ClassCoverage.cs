using System.Globalization;
using SearchCluster.Models.Data.Tables;

namespace SearchCluster.Models.Data.Splits;

/// <summary>Tells what a split and its labels leave a model no chance with: classes that miss from a part, that have one row, or that are
/// one class written twice.</summary>
/// <param name="name">The data, for the sentences.</param>
/// <param name="labels">Names of the classes.</param>
/// <param name="classes">Class of each row.</param>
/// <param name="split">The parts.</param>
/// <param name="isFold">True where each row validates in one fold or another, so that it does not matter which
/// classes this one lacks.</param>
internal sealed class ClassCoverage(
    string name, ValueArray<string> labels, IReadOnlyList<int> classes, DataSplit split, bool isFold = false)
{
    private const int Shown = 5;

    /// <summary>The sentences.</summary>
    public IEnumerable<string> Warnings()
    {
        var (train, validation, test) = (Count(split.Train), Count(split.Validation), Count(split.Test));
        int[] all = [.. Enumerable.Range(0, labels.Count).Select(k => train[k] + validation[k] + test[k])];
        return new[]
        {
            Tell(k => all[k] == 0, "have no row at all, so that they cannot be learned or measured", all),
            Tell(k => all[k] == 1, "have one row only, which is in one part only", all),
            Tell(k => all[k] > 0 && train[k] == 0, "miss from the training part, so that no model can learn them", all),
            isFold
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
        }.OfType<string>().Concat(Twins(train, validation, test));
    }

    private int[] Count(int[] rows)
    {
        var counts = new int[labels.Count];
        foreach (var row in rows)
        {
            counts[classes[row]]++;
        }

        return counts;
    }

    private string? Tell(Func<int, bool> isMeant, string what, int[] counts)
    {
        int[] meant = [.. Enumerable.Range(0, labels.Count).Where(isMeant)];
        return meant.Length == 0 ? null
            : $"{name}: {meant.Length} of {labels.Count} classes {what}: {string.Join(", ", meant.Take(Shown).Select(k => Describe(k, counts[k])))}{(meant.Length > Shown ? $" … {Describe(meant[^1], counts[meant[^1]])}" : "")}.";
    }

    private string Describe(int k, int rows) => $"'{DisplayText.Shorten(labels[k])}'{(rows > 1 ? $" ({rows} rows)" : "")}";

    private IEnumerable<string> Twins(int[] train, int[] validation, int[] test)
    {
        foreach (var same in Enumerable.Range(0, labels.Count)
            .GroupBy(k => LabelForm.Of(labels[k]), StringComparer.Ordinal)
            .Where(group => group.Count() > 1))
        {
            var places = same.Select(k => $"{LabelForm.Visible(labels[k])} (train {Number(train[k])}, validation "
                + $"{Number(validation[k])}, test {Number(test[k])})");
            yield return $"{name}: the labels {string.Join(" and ", places)} differ in case, blanks, signs that look alike, a dot at the "
                + $"end or the notation of a number only, but are taken for {same.Count()} classes; did you mean one? Write them alike.";
        }
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
