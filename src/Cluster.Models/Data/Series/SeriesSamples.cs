using System.Globalization;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Series;

/// <summary>Windows of a table of numbers in the order of time; the answer is what follows each.</summary>
/// <param name="name">Where it comes from, for messages.</param>
/// <param name="columns">Names of the columns that a window shows.</param>
/// <param name="targets">Which of them are to be answered.</param>
/// <param name="steps">Row-major, steps × columns.</param>
/// <param name="windows">How it is cut.</param>
internal sealed class SeriesSamples(string name, ValueArray<string> columns, int[] targets, double[] steps, Windows windows) : Samples(name)
{
    private readonly int _steps = steps.Length / columns.Count;
    private TableReading? _reading;
    private ValueArray<string> _warnings = [];

    public override int Rows => windows.Count(_steps);

    public override bool IsOrdered => true;

    /// <summary>Reads a table; without <c>data.features</c> a window shows what is to be answered.</summary>
    /// <exception cref="DataException">The table breaks a rule, or is shorter than a window (SC3013).</exception>
    public static SeriesSamples Read(DataSpec spec, CsvTable table)
    {
        SeriesSteps.RequireOne(table);
        var options = ColumnFinder.ByName(table, spec.Table ?? new());
        int[] targets = [spec.Target is null
            ? table.Columns.Count - 1
            : ColumnFinder.Find(table, spec.Target), .. (options.FurtherTargets ?? []).Select(wanted => ColumnFinder.Find(table, wanted))];
        int[] used = [.. targets.Concat((options.Features ?? []).Select(wanted => ColumnFinder.Find(table, wanted))).Distinct()];
        var missing = new MissingFields(table, options);
        var rows = missing.Keep(used, Math.Min(table.Rows, spec.Limit ?? int.MaxValue));
        var kinds = ColumnKinds.Of(table, used, rows, missing, options);
        var steps = SeriesSteps.Read(table, used, rows, missing, column => kinds[used[column]].Notation);
        var windows = Windows.Of(spec.Series, window: 24, stride: 1);
        windows.Check(table.Name, rows.Length, "steps");
        return new(
            table.Name,
            used.Select(column => table.Columns[column]).ToValueArray(),
            [.. Enumerable.Range(0, targets.Length)],
            steps,
            windows)
        {
            _reading = table.ReadingFor(targets, kinds, options),
            _warnings = [.. table.Warnings, .. missing.Warnings, .. kinds.Warnings, .. Unused(table, options, used),
                .. SeriesOrder.Warn(table, used, Math.Min(table.Rows, spec.Limit ?? int.MaxValue), missing)],
        };
    }

    // Of other tables all columns are features, so a person may think that they are here too.
    private static IEnumerable<string> Unused(CsvTable table, TableSpec options, int[] used)
    {
        const int MostShown = 10;
        var shown = used.Select(column => table.Columns[column]).ToList();
        var unused = table.Columns.Except(shown).Except(options.Exclude ?? []).Select(column => DisplayText.Shorten(column)).ToList();
        if (options.Features is null && unused.Count > 0)
        {
            var listed = string.Join(", ", unused.Take(MostShown)) + (unused.Count > MostShown ? ", …" : "");
            yield return string.Create(CultureInfo.InvariantCulture, $"{table.Name}: {unused.Count} column(s) are not looked at: "
                + $"{listed}. A window of a series shows what is to be answered; data.features adds columns to it, data.exclude or "
                + $"features: [{string.Join(", ", shown.Select(column => DisplayText.Shorten(column)))}] says that they are meant to be "
                + $"left out.");
        }
    }

    public override FittedSamples Fit(int[] train)
    {
        // The training part is a beginning, up to the last step that one of its windows shows.
        var known = train.Length == 0 ? windows.Length : windows.Start(train.Max()) + windows.Length;
        var scaled = TablePreprocessing.Fit(
            [.. columns.Select(column => new FeatureColumn(column, null))],
            steps,
            [.. Enumerable.Range(0, known)],
            ColumnScaling.Standard,
            null);
        var values = tensor(scaled.Apply(steps), [_steps, columns.Count]);
        var starts = Scalars.Count(Rows).mul(Scalars.Of((long)windows.Stride));
        var inputs = values.index_select(0, starts.unsqueeze(1).Plus(Scalars.Count(windows.Length)).flatten())
            .reshape(Rows, windows.Length, columns.Count);
        var answers = Answers();
        var scaling = TargetScaling.Fit(answers, targets.Length, train);
        var names = targets.Select(column => columns[column]).ToValueArray();
        return new(
            new([windows.Length, columns.Count], TargetKind.Numbers, [], [], names),
            new SeriesPreprocessing(
                columns, windows.Length, windows.Horizon, scaled.Mean, scaled.Deviation, windows.Stride)
            { Reading = _reading, Ranges = scaled.Ranges },
            inputs,
            scaling.Apply(answers),
            scaling,
            [.. _warnings, .. scaled.Warn(Name, steps, [.. Enumerable.Range(0, known)]), .. scaling.Warn(Name, names, answers, train)]);
    }

    private double[] Answers()
    {
        var answers = new double[Rows * targets.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            var step = windows.Start(i / targets.Length) + windows.Length + windows.Horizon - 1;
            answers[i] = steps[(step * columns.Count) + targets[i % targets.Length]];
        }

        return answers;
    }
}
