using System.Globalization;
using System.Text.RegularExpressions;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Data;

/// <summary>Reads section <c>data</c>.</summary>
internal static partial class DataBinder
{
    private const double SumTolerance = 1e-9;
    private const string LeaveOneOut = "leave-one-out";

    private static readonly (string Word, DataFormat? Format)[] Formats =
    [
        ("csv", DataFormat.Csv), ("idx", DataFormat.Idx), ("cifar", DataFormat.Cifar), ("images", DataFormat.Images),
        ("segmentation", DataFormat.Segmentation), (
            "keypoints", DataFormat.Keypoints), ("series", DataFormat.Series), ("text", DataFormat.Text),
    ];

    private static readonly (string Word, DataStorage? Storage)[] Storages = [("memory", DataStorage.Memory), ("disk", DataStorage.Disk)];

    private static readonly string[] TableEndings = [".csv", ".tsv", ".csv.gz", ".tsv.gz"];

    private static readonly string[] FileEndings = [".csv", ".tsv", ".txt", ".gz", ".zip", ".tar", ".tgz"];

    /// <summary>Reads the section.</summary>
    /// <param name="root">The file.</param>
    /// <param name="workload">The workload, or null when unknown.</param>
    /// <param name="vocabulary">The data sets that ship with the product.</param>
    /// <returns>Null when absent or after a problem.</returns>
    public static DataSpec? Bind(Section root, WorkloadDescriptor? workload, SpecVocabulary vocabulary)
    {
        var sets = string.Join(", ", vocabulary.DataSets);
        if (root.Find("data") is not { } entry)
        {
            if (workload is { NeedsData: true })
            {
                root.Missing(
                    SpecCodes.Data,
                    "data",
                    $"data is required by workload {workload.Name}",
                    $"write data: {{ source: … }} with a data set ({sets}) or the path of a .csv file");
            }

            return null;
        }

        if (root.Child("data", SectionFields.Data) is not { } section)
        {
            return null;
        }

        if (workload is { NeedsData: false })
        {
            section.Problems.Error(SpecCodes.Data, entry.Key.At, "data", $"workload {workload.Name} needs no data", "remove section data");
        }

        var format = section.Word("format", Formats, [], null);
        var source = Source(section, vocabulary, sets);
        var targets = TableBinder.Texts(section, "target");
        var split = section.Child("split", SectionFields.Split) is { } part
            ? BindSplit(part) with { GroupBy = BindGroup(part, format) }
            : new();
        var limit = (int?)section.Whole("limit", 1, int.MaxValue);
        var hash = Hash(section);
        if (source is null)
        {
            return null;
        }

        if (targets is not null && vocabulary.DataSets.Contains(source))
        {
            section.Error(
                SpecCodes.Data,
                section.Find("target")!.Key.At,
                "target",
                $"target is for .csv files; {source} has its own label",
                "remove it");
        }

        var isTable = format is DataFormat.Csv or DataFormat.Series || (format is null && IsTable(source, vocabulary));
        if (!isTable && format is { } other and not DataFormat.Keypoints)
        {
            TableBinder.Refuse(section, Formats.First(known => known.Format == other).Word);
        }

        var hasNoAnswer = (format is null or DataFormat.Csv)
            && AnswerBinder.IsNone(section, workload, targets, ships: vocabulary.DataSets.Contains(source));
        var answer = BindAnswer(section, workload, entry.Key.At, Implied(format, isTable));
        if (targets is { Count: > 1 } && answer != TargetKind.Numbers && format != DataFormat.Series)
        {
            section.Error(
                SpecCodes.Data,
                section.PlaceOf("target"),
                "target",
                $"target names {targets.Count} columns, but a class is one",
                "name one column, or write answer: numbers");
        }

        var further = targets is { Count: > 1 } ? targets.Skip(1).ToValueArray() : null;
        return new DataSpec(source, targets?[0], split, limit, hash, format, TableBinder.Bind(section, answer, further, hasNoAnswer),
            ImageBinder.Bind(section, isTable, format), BindSeries(section, format, workload),
            section.Word("storage", Storages, [], null) is DataStorage.Disk ? DataStorage.Disk : null);
    }

    private static bool IsTable(string source, SpecVocabulary vocabulary) =>
        vocabulary.DataSets.Contains(source) || TableEndings.Any(ending => source.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    // What data of a format ask for; null for tables, which say it themselves, and where the worker recognises the format.
    private static TargetKind? Implied(DataFormat? format, bool isTable) => format switch
    {
        DataFormat.Segmentation => TargetKind.Mask,
        DataFormat.Keypoints or DataFormat.Series => TargetKind.Numbers,
        null or DataFormat.Csv => isTable ? TargetKind.Class : null,
        _ => TargetKind.Class,
    };

    // A class is the default, so a spec that says it is the same as one that does not.
    private static TargetKind? BindAnswer(Section section, WorkloadDescriptor? workload, Position at, TargetKind? implied)
    {
        TargetKind? given = section.Find("answer") is null
            ? null
            : section.Word("answer", AnswerBinder.Words, [], TargetKind.Class);
        if (workload?.Target is { } target && (given ?? implied) is { } asked && target != asked)
        {
            section.Problems.Error(
                SpecCodes.Data,
                section.Find("answer")?.Key.At ?? at,
                "data.answer",
                $"workload {workload.Name} answers {Describe(target)}, but the data ask for {Describe(asked)}",
                target == TargetKind.Numbers && implied == TargetKind.Class ? "write data: { answer: numbers, … }, or use another workload"
                    : given == TargetKind.Numbers ? "remove answer, or use workload mlp-regressor"
                    : "use another workload, or other data");
        }

        return given == TargetKind.Numbers ? given : null;
    }

    private static string Describe(TargetKind target) => target switch
    {
        TargetKind.Class => "a class",
        TargetKind.Numbers => "numbers",
        _ => "a class for each pixel",
    };

    private static SeriesSpec? BindSeries(Section data, DataFormat? format, WorkloadDescriptor? workload)
    {
        if (data.Child("series", SectionFields.Series) is not { } section)
        {
            return null;
        }

        if (format is not (DataFormat.Series or DataFormat.Text))
        {
            var target = workload?.Target;
            var help = target == TargetKind.Class ? "write format: text, or remove series" : target == TargetKind.Numbers
                ? "write format: series, or remove series"
                : "write format: series (numbers) or format: text (characters), or remove series";
            data.Error(SpecCodes.Data, data.PlaceOf("series"), "series", "series is for format series or text", help);
        }

        return new SeriesSpec(
            (int?)section.Whole("window", 1, 100_000),
            (int?)section.Whole("horizon", 1, 100_000),
            (int?)section.Whole("stride", 1, 100_000));
    }

    private static string? Source(Section section, SpecVocabulary vocabulary, string sets)
    {
        if (section.Find("source") is not { } entry)
        {
            section.Missing(SpecCodes.Data, "source", "source is required", $"use a data set ({sets}) or the path of a .csv file");
            return null;
        }

        var source = section.Text("source", 1_024);
        if (source is null || vocabulary.DataSets.Contains(source))
        {
            return source;
        }

        if (source.StartsWith(DataSpec.RegisteredPrefix, StringComparison.Ordinal))
        {
            if (SearchId.IsValid(source[DataSpec.RegisteredPrefix.Length..]))
            {
                return source;
            }

            section.Error(
                SpecCodes.Data,
                entry.Value.At,
                "source",
                $"source {Display.Quoted(source)} does not name a registered data set: names are {SearchId.Rule}",
                "see: searchcluster data list");
            return null;
        }

        if (FileEndings.Any(ending => source.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || source.AsSpan().ContainsAny('/', '\\'))
        {
            return source;
        }

        section.Error(
            SpecCodes.Data,
            entry.Value.At,
            "source",
            $"source {Display.Quoted(source)} is neither a data set nor the path of a .csv file or of a folder (./mnist), nor a registered data set (registered:mnist){Suggestions.Phrase(source, vocabulary.DataSets)}",
            $"for a file or folder of that name write ./{Display.Quoted(source).Trim('"')}; data sets: {sets}");
        return null;
    }

    private static string? Hash(Section section)
    {
        var hash = section.Text("sha256", 1_024);
        if (hash is null || HashPattern().IsMatch(hash))
        {
            return hash;
        }

        section.Error(
            SpecCodes.DataHash,
            section.Find("sha256")!.Value.At,
            "sha256",
            $"sha256 is {Display.Quoted(hash)}, but must be 64 lower-case hexadecimal digits",
            "copy the output of sha256sum");
        return null;
    }

    private static string? BindGroup(Section split, DataFormat? format)
    {
        if (TableBinder.Texts(split, "groupBy") is not { } columns)
        {
            return null;
        }

        if (columns.Count > 1)
        {
            split.Error(
                SpecCodes.Split,
                split.PlaceOf("groupBy"),
                "groupBy",
                $"groupBy names {columns.Count} columns, but a row has one group",
                "name one column, if need be one that joins them");
        }

        if (format is not (null or DataFormat.Csv or DataFormat.Images or DataFormat.Segmentation))
        {
            split.Error(
                SpecCodes.Split,
                split.PlaceOf("groupBy"),
                "groupBy",
                $"groupBy is for tables and folders of images, but format is {Formats.First(known => known.Format == format).Word}",
                "remove it");
        }

        return columns[0];
    }

    private static SplitSpec BindSplit(Section section)
    {
        var standard = new SplitSpec();
        if (section.Find("folds") is { } folds)
        {
            return BindFolds(section, standard, folds);
        }

        if (RowsOf(section, "trainRows") is { } trainRows)
        {
            return BindRows(section, standard, trainRows);
        }

        foreach (var key in (string[])["validationRows", "testRows"])
        {
            if (section.Find(key) is { } rows)
            {
                section.Error(
                    SpecCodes.Split,
                    rows.Key.At,
                    key,
                    $"{key} needs trainRows",
                    "for example { trainRows: 0-99, validationRows: 100-199 }");
            }
        }

        var train = section.Real("train");
        var validation = section.Real("validation");
        var test = section.Real("test");
        var stratify = section.Flag("stratify", true);
        if (section.Find("train") is null && section.Find("validation") is null && section.Find("test") is null)
        {
            return standard with { Stratify = stratify };
        }

        if (section.Find("train") is null || section.Find("validation") is null)
        {
            section.Missing(
                SpecCodes.Split,
                "train",
                "train and validation are required where one share is given",
                "for example { train: 0.6, validation: 0.2, test: 0.2 }");
            return standard;
        }

        if (train is not { } trainShare || validation is not { } validationShare || (section.Find("test") is not null && test is null))
        {
            return standard;
        }

        var testShare = test ?? Math.Round(1 - trainShare - validationShare, 12);
        if (trainShare <= 0
            || validationShare <= 0
            || testShare < 0
            || Math.Abs(trainShare + validationShare + testShare - 1) > SumTolerance)
        {
            var sum = (trainShare + validationShare + (test ?? 0)).ToString("0.######", CultureInfo.InvariantCulture);
            section.Error(
                SpecCodes.Split,
                section.At,
                "train",
                $"the shares sum to {sum}; they must sum to 1, train and validation above 0, test at least 0",
                "for example { train: 0.6, validation: 0.2, test: 0.2 }");
        }

        return new SplitSpec(trainShare, validationShare, testShare, stratify);
    }

    private static SplitSpec BindFolds(Section section, SplitSpec standard, MappingEntry folds)
    {
        if (Array.Find(
            ["train", "validation", "test", "trainRows", "validationRows", "testRows"], key => section.Find(key) is not null) is { } other)
        {
            section.Error(
                SpecCodes.Split,
                folds.Key.At,
                "folds",
                $"{other} and folds exclude each other",
                "keep one of the two; with folds the data's own test part, if any, is the test part");
        }

        var isLeaveOneOut = folds.Value is ScalarNode { Text: LeaveOneOut };
        var count = isLeaveOneOut
            ? SplitSpec.LeaveOneOut
            : Section.TryWhole(folds.Value, out var whole) && whole is >= 2 and <= SpecLimits.Folds ? (int?)whole : null;
        if (count is null)
        {
            section.Error(
                SpecCodes.Split,
                folds.Value.At,
                "folds",
                $"folds {Section.Describe(folds.Value)}, but must be a whole number from 2 to {SpecLimits.Folds}, or {LeaveOneOut}",
                "for example folds: 5");
        }

        return standard with { Stratify = section.Flag("stratify", true), Folds = count };
    }

    private static SplitSpec BindRows(Section section, SplitSpec standard, RowRange trainRows)
    {
        foreach (var key in (string[])["train", "validation", "test"])
        {
            if (section.Find(key) is { } share)
            {
                section.Error(
                    SpecCodes.Split, share.Key.At, key, $"{key} is a share, but trainRows says which rows", "keep one of the two");
            }
        }

        if (RowsOf(section, "validationRows") is not { } validationRows)
        {
            section.Missing(
                SpecCodes.Split,
                "validationRows",
                "validationRows is required where trainRows is given",
                "for example { trainRows: 0-99, validationRows: 100-199 }");
            return standard;
        }

        return standard with { TrainRows = trainRows, ValidationRows = validationRows, TestRows = RowsOf(section, "testRows") };
    }

    private static RowRange? RowsOf(Section section, string key)
    {
        if (section.Find(key) is not { } entry || section.Text(entry, 100) is not { } text)
        {
            return null;
        }

        if (RowsPattern().Match(text) is { Success: true } match
            && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var last)
            && first <= last)
        {
            return new(first, last);
        }

        section.Error(
            SpecCodes.Split,
            entry.Value.At,
            key,
            $"{key} is {Display.Quoted(text)}, but must be two row numbers from 0, the first not above the last",
            "for example 0-99");
        return null;
    }

    [GeneratedRegex("^([0-9]{1,10})-([0-9]{1,10})$", RegexOptions.CultureInvariant)]
    private static partial Regex RowsPattern();

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex HashPattern();
}
