using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding.Data;

/// <summary>Reads the keys of section <c>data</c> that say how a table is read.</summary>
internal static class TableBinder
{
    private const int LongestName = 1_024;
    private const int MostNames = 10_000;

    private static readonly string[] Keys = [
        "features",
        "exclude",
        "types",
        "missing",
        "missingTexts",
        "scaling",
        "threshold",
        "medianSplit",
        "skipLines",
        "unseen",
        .. NotationBinder.Keys,
    ];

    private static readonly (string Word, MissingPolicy? Policy)[] Policies =
        [
            ("drop", MissingPolicy.Drop),
            ("mean", MissingPolicy.Mean),
            ("median", MissingPolicy.Median),
            ("most-frequent", MissingPolicy.MostFrequent),
        ];

    private static readonly (string Word, ColumnScaling? Scaling)[] Scalings =
        [("standard", null), ("min-max", ColumnScaling.MinMax), ("none", ColumnScaling.None)];

    private static readonly (string Word, UnseenPolicy? Policy)[] Unseen = [
        ("error", UnseenPolicy.Error),
        ("ignore", UnseenPolicy.Ignore),
        ("category", UnseenPolicy.Category),
    ];

    private static readonly (string Word, ColumnType Type)[] Types = [("number", ColumnType.Number), ("category", ColumnType.Category)];

    /// <summary>Reads the keys; what is the default stays null, so that a spec that says it is the same as one that does not.</summary>
    /// <param name="data">Section <c>data</c>.</param>
    /// <param name="answer">What the target is; null for a class.</param>
    /// <param name="furtherTargets">More columns to answer.</param>
    /// <param name="hasNoAnswer">Whether nothing is to be answered.</param>
    /// <returns>Null when nothing is said.</returns>
    public static TableSpec? Bind(Section data, TargetKind? answer, ValueArray<string>? furtherTargets, bool hasNoAnswer)
    {
        var table = new TableSpec
        {
            Features = Texts(data, "features"),
            Exclude = Texts(data, "exclude"),
            Types = BindTypes(data),
            Missing = data.Word("missing", Policies, [], null),
            MissingTexts = Texts(data, "missingTexts"),
            Scaling = data.Word("scaling", Scalings, [], null),
            Answer = answer,
            NoAnswer = hasNoAnswer ? true : null,
            Threshold = data.Real("threshold"),
            MedianSplit = data.Flag("medianSplit", false) ? true : null,
            FurtherTargets = furtherTargets,
            SkipLines = (int?)data.Whole("skipLines", 0, 1_000) is { } lines and > 0 ? lines : null,
            Unseen = data.Word("unseen", Unseen, [], null),
            Header = data.Find("header") is null ? null : data.Flag("header", true),
            Separator = NotationBinder.Separator(data),
            Decimal = NotationBinder.Decimal(data),
            Thousands = NotationBinder.Thousands(data),
            Dates = NotationBinder.Dates(data),
        };
        NotationBinder.Check(data, table);
        if (table.MissingTexts is not null && table.Missing is null)
        {
            data.Error(
                SpecCodes.Data,
                data.PlaceOf("missingTexts"),
                "missingTexts",
                "missingTexts says what means an empty field, but not what becomes of one",
                "write missing: drop, mean, median or most-frequent");
        }

        foreach (var key in (string[])[.. table.Threshold is null
            ? []
            : new[] { "threshold" }, .. table.MedianSplit is null ? [] : new[] { "medianSplit" }])
        {
            if (answer == TargetKind.Numbers || (table.Threshold is not null && key == "medianSplit"))
            {
                data.Error(
                    SpecCodes.Data,
                    data.PlaceOf(key),
                    key,
                    answer == TargetKind.Numbers
                        ? $"{key} makes two classes of the target, but answer is numbers"
                        : "threshold and medianSplit exclude each other",
                    answer == TargetKind.Numbers ? $"remove {key}, or write answer: class" : "keep one of the two");
            }
        }

        return table == new TableSpec() ? null : table;
    }

    /// <summary>Refuses keys of tables where the data are none.</summary>
    public static void Refuse(Section data, string format)
    {
        foreach (var key in Keys)
        {
            if (data.Find(key) is { } entry)
            {
                data.Error(SpecCodes.Data, entry.Key.At, key, $"{key} is for tables, but format is {format}", "remove it");
            }
        }
    }

    /// <summary>Reads one text or a list of texts; a whole number counts as the number of a column.</summary>
    public static ValueArray<string>? Texts(Section section, string key)
    {
        if (section.Find(key) is not { } entry)
        {
            return null;
        }

        var items = entry.Value is SequenceNode list ? list.Items : [entry.Value];
        var texts = new List<string>();
        foreach (var item in items)
        {
            if (item is ScalarNode { Text.Length: > 0 and <= LongestName } scalar && texts.Count < MostNames)
            {
                texts.Add(scalar.Text);
                continue;
            }

            section.Error(
                SpecCodes.WrongKind,
                item.At,
                key,
                $"{key} {Section.Describe(item)}, but must be a list of at most {MostNames} texts of 1 to {LongestName} characters",
                $"for example {key}: [a, b]");
            return null;
        }

        return texts.Count == 0 ? null : texts.ToValueArray();
    }

    private static ValueMap<ColumnType>? BindTypes(Section data)
    {
        if (data.Child("types", SectionFields.Free) is not { Entries.Count: > 0 } section)
        {
            return null;
        }

        var types = new List<KeyValuePair<string, ColumnType>>();
        foreach (var (key, value) in section.Entries)
        {
            if (section.TryWord(value, key.Text, Types, [], out var type))
            {
                types.Add(new(key.Text, type));
            }
        }

        return new(types);
    }
}
