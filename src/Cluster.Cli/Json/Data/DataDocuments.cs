using System.Text.Json.Serialization;
using SearchCluster.Artifacts.Data;
using SearchCluster.Cli.Data;
using SearchCluster.Models.Data.Description;

namespace SearchCluster.Cli.Json.Data;

/// <summary>The data sets of this machine, or those that can be fetched.</summary>
internal sealed record DataListDocument(IReadOnlyList<DataSetJson> DataSets)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/data-list@1";
}

/// <summary>One data set that was registered now.</summary>
internal sealed record DataDocument(DataSetJson DataSet, string Source)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/data@1";
}

/// <summary>Whether data are what was registered.</summary>
internal sealed record DataVerifyDocument(bool IsUnchanged, IReadOnlyList<DataVerdictJson> DataSets)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/data-verify@1";
}

/// <summary>What data hold.</summary>
internal sealed record DataDescribeDocument
{
    public required string Source { get; init; }

    public required string? Sha256 { get; init; }

    public required string Format { get; init; }

    public required int Rows { get; init; }

    public required string Shape { get; init; }

    public required DataParts? Parts { get; init; }

    public required IReadOnlyList<ClassCount> Classes { get; init; }

    public required bool CountsPixels { get; init; }

    public required long VoidPixels { get; init; }

    public required IReadOnlyList<ColumnJson> Columns { get; init; }

    public required IReadOnlyList<ChannelDescription> Channels { get; init; }

    public required int? Symbols { get; init; }

    public required TableDescription? Table { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/data-describe@1";

    public static DataDescribeDocument Of(string source, string? sha256, DataDescription data) => new()
    {
        Source = source,
        Sha256 = sha256,
        Format = DataFormats.Word(data.Format),
        Rows = data.Rows,
        Shape = data.Shape,
        Parts = data.Parts,
        Classes = [.. data.Classes],
        CountsPixels = data.CountsPixels,
        VoidPixels = data.Void,
        Columns = [.. data.Columns.Select(column => new ColumnJson
        {
            Name = column.Name,
            Type = column.Type.ToString().ToLowerInvariant(),
            Missing = column.Missing,
            Distinct = column.Distinct,
            Minimum = column.Minimum,
            Mean = column.Mean,
            Deviation = column.Deviation,
            Maximum = column.Maximum,
            Frequent = [.. column.Frequent],
            Unreadable = column.Unreadable,
            Notation = column.Notation,
            IsDate = column.IsDate,
        })],
        Channels = [.. data.Channels],
        Symbols = data.Symbols,
        Table = data.Table,
        Warnings = [.. data.Warnings],
    };
}

internal sealed record ColumnJson
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required int Missing { get; init; }

    public required int Distinct { get; init; }

    public required double? Minimum { get; init; }

    public required double? Mean { get; init; }

    public required double? Deviation { get; init; }

    public required double? Maximum { get; init; }

    public required IReadOnlyList<ClassCount> Frequent { get; init; }

    public required int Unreadable { get; init; }

    public required string? Notation { get; init; }

    public required bool IsDate { get; init; }
}

internal sealed record DataSetJson(
    string Name,
    string? Path,
    string? Format,
    string? Sha256,
    int Files,
    long? Bytes,
    DateTimeOffset? AddedAt,
    string? Origin,
    string? Licence)
{
    public static DataSetJson Of(RegisteredData data) => new(
        data.Name,
        data.Path,
        data.Format is null ? null : DataFormats.Word(data.Format),
        data.Sha256,
        data.Files,
        data.Bytes,
        data.AddedAt,
        data.Origin,
        data.Licence);

    public static DataSetJson Of(PublicDataSet set) =>
        new(set.Name, null, DataFormats.Word(set.Format), null, set.Files.Count, set.Bytes, null, set.Addresses[0], set.Licence);
}

internal sealed record DataVerdictJson(string Name, bool IsUnchanged, IReadOnlyList<string> Differences, string? Error);
