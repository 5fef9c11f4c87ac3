using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SearchCluster.Models.Training.Continuation;

/// <summary>What decides the numbers of a trial, as one hash: a checkpoint with another one is never continued.</summary>
/// <remarks>
/// The fields are written by hand under permanent names, one line each, and a field that is not given writes no
/// line. So a field that a later release adds, with a default that means what was before, leaves the identity of every trial that does not
/// use it as it was. A field that decides no number (limits of time, how often a checkpoint is written, what the coordinator does with the
/// measurements) has no line. A change of what a line means needs a new <see cref="Version"/>, after which
/// checkpoints of earlier releases start anew.
/// </remarks>
internal static class TrialIdentity
{
    private const int Version = 2;

    /// <summary>Hashes the fields of an assignment.</summary>
    /// <param name="assignment">What the trial is to do.</param>
    /// <param name="sample">Which rows were drawn, where the assignment does not tell.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(TrialAssignment assignment, string? sample = null) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(assignment, sample))));

    /// <summary>The lines that are hashed.</summary>
    public static string Text(TrialAssignment assignment, string? sample = null)
    {
        var lines = new Lines();
        lines.Add("identity", Version);
        lines.Add("searchSeed", assignment.Plan.SearchSeed);
        lines.Add("seed", assignment.Seed);
        lines.Add("workload", assignment.Plan.Workload.Builtin);
        lines.Add("fixed", assignment.Plan.Workload.Fixed);
        lines.Add("values", assignment.Values);
        lines.Add("dataFraction", assignment.DataFraction);
        lines.Add("sample", sample);
        if (assignment.Plan.Workload.Pretrained is { } pretrained)
        {
            lines.Add("pretrained.from", pretrained.From?.Value);
            lines.Add("pretrained.trial", pretrained.Trial?.Number);
            lines.Add("pretrained.file", pretrained.File);
            lines.Add("pretrained.parameters", pretrained.Parameters);
        }

        if (assignment.Plan.Data is { } data)
        {
            AddData(lines, data);
        }

        return lines.ToString();
    }

    private static void AddData(Lines lines, DataSpec data)
    {
        lines.Add("data.source", data.Source);
        lines.Add("data.target", data.Target);
        lines.Add("data.limit", data.Limit);
        lines.Add("data.sha256", data.Sha256);
        lines.Add("data.format", data.Format);
        lines.Add("data.storage", data.Storage);
        AddSplit(lines, data.Split);
        AddTable(lines, data.Table ?? new());
        lines.Add("data.images.width", data.Images?.Width);
        lines.Add("data.images.height", data.Images?.Height);
        lines.Add("data.images.channels", data.Images?.Channels);
        lines.Add("data.images.fit", data.Images?.Fit);
        lines.Add("data.images.normalise", data.Images?.Normalise);
        lines.Add("data.images.void", data.Images?.Void);
        lines.Add("data.images.classLevel", data.Images?.ClassLevel);
        lines.Add("data.series.window", data.Series?.Window);
        lines.Add("data.series.horizon", data.Series?.Horizon);
        lines.Add("data.series.stride", data.Series?.Stride);
    }

    private static void AddSplit(Lines lines, SplitSpec split)
    {
        lines.Add("data.split.train", split.Train);
        lines.Add("data.split.validation", split.Validation);
        lines.Add("data.split.test", split.Test);
        lines.Add("data.split.stratify", split.Stratify);
        lines.Add("data.split.trainRows", split.TrainRows);
        lines.Add("data.split.validationRows", split.ValidationRows);
        lines.Add("data.split.testRows", split.TestRows);
        lines.Add("data.split.folds", split.Folds);
        lines.Add("data.split.fold", split.Fold);
        lines.Add("data.split.groupBy", split.GroupBy);
    }

    private static void AddTable(Lines lines, TableSpec table)
    {
        lines.Add("data.table.features", table.Features);
        lines.Add("data.table.exclude", table.Exclude);
        lines.Add("data.table.types", table.Types?.Select(entry => $"{entry.Key}={entry.Value}"));
        lines.Add("data.table.missing", table.Missing);
        lines.Add("data.table.missingTexts", table.MissingTexts);
        lines.Add("data.table.scaling", table.Scaling);
        lines.Add("data.table.answer", table.Answer);
        lines.Add("data.table.noAnswer", table.NoAnswer);
        lines.Add("data.table.threshold", table.Threshold);
        lines.Add("data.table.medianSplit", table.MedianSplit);
        lines.Add("data.table.furtherTargets", table.FurtherTargets);
        lines.Add("data.table.skipLines", table.SkipLines);
        lines.Add("data.table.unseen", table.Unseen);
        lines.Add("data.table.header", table.Header);
        lines.Add("data.table.separator", table.Separator);
        lines.Add("data.table.decimal", table.Decimal);
        lines.Add("data.table.thousands", table.Thousands);
        lines.Add("data.table.dates", table.Dates?.Select(entry => $"{entry.Key}={entry.Value}"));
    }

    /// <summary>Lines of name, length and text. The length keeps a text that holds a line end from looking like two fields.</summary>
    private sealed class Lines
    {
        private readonly StringBuilder _text = new();

        public void Add(string name, object? value)
        {
            if (value is not null && Form(value) is var text)
            {
                _text.Append(CultureInfo.InvariantCulture, $"{name}:{text.Length}:{text}\n");
            }
        }

        private static string Form(object value) => value switch
        {
            string text => text,
            bool flag => flag ? "true" : "false",
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            RowRange range => string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}"),

            // The kind as well: the number 1 and the text "1" are different values.
            ParameterValues values => Form(values.Entries.Select(entry => $"{entry.Key}={entry.Value.Kind}:{entry.Value}")),
            IEnumerable<string> texts =>
                string.Concat(texts.Select(text => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}"))),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"A {value.GetType().Name} has no form here; give it one that no release changes."),
        };

        public override string ToString() => _text.ToString();
    }
}
