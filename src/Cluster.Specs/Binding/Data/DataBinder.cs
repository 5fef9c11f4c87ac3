using System.Text.RegularExpressions;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Data;

/// <summary>Reads section <c>data</c>.</summary>
internal static partial class DataBinder
{
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

        var format = section.Word("format", DataFormatWords.All, [], null);
        var source = Source(section, vocabulary, sets);
        var targets = TableBinder.Texts(section, "target");
        var split = section.Child("split", SectionFields.Split) is { } part ? SplitBinder.Bind(part, format) : new();
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
            TableBinder.Refuse(section, DataFormatWords.Of(other));
        }

        var hasNoAnswer = (format is null or DataFormat.Csv)
            && AnswerBinder.IsNone(section, workload, targets, ships: vocabulary.DataSets.Contains(source));
        var answer = BindAnswer(section, workload, entry.Key.At, Implied(format, isTable));
        if (targets is not null && !vocabulary.DataSets.Contains(source) && format is null or DataFormat.Csv && isTable
            && AnswerBinder.LeavesOut(section, workload))
        {
            var table = TableBinder.Bind(section, answer, furtherTargets: null, hasNoAnswer: true)!;
            return new DataSpec(
                source,
                null,
                split,
                limit,
                hash,
                format,
                table.Features is null ? table with { Exclude = [.. (table.Exclude ?? []).Union(targets)] } : table,
                null,
                null,
                Storage(section));
        }

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
            Storage(section));
    }

    private static DataStorage? Storage(Section section) =>
        section.Word("storage", Storages, [], null) is DataStorage.Disk ? DataStorage.Disk : null;

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
            $"source {Display.Quoted(source)} is neither a data set nor the path of a .csv file or of a folder (./mnist), nor a registered "
                + $"data set (registered:mnist){Suggestions.Phrase(source, vocabulary.DataSets)}",
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

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex HashPattern();
}
