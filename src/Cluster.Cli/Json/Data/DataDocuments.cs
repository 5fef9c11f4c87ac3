using System.Text.Json.Serialization;
using SearchCluster.Cli.Data;
using SearchCluster.Models.Data.Description;
using SearchCluster.Models.Data.Registry;

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
internal sealed record DataDescribeDocument(
    string Source,
    string? Sha256,
    string Format,
    int Rows,
    string Shape,
    DataParts? Parts,
    IReadOnlyList<ClassCount> Classes,
    bool CountsPixels,
    long VoidPixels,
    IReadOnlyList<ColumnJson> Columns,
    IReadOnlyList<ChannelDescription> Channels,
    int? Symbols,
    TableDescription? Table,
    IReadOnlyList<string> Warnings)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/data-describe@1";

    public static DataDescribeDocument Of(string source, string? sha256, DataDescription data) => new(
        source, sha256, DataFormats.Word(data.Format), data.Rows, data.Shape, data.Parts, [.. data.Classes], data.CountsPixels, data.Void,
        [.. data.Columns.Select(column => new ColumnJson(
            column.Name, column.Type.ToString().ToLowerInvariant(), column.Missing, column.Distinct, column.Minimum, column.Mean, column.Deviation, column.Maximum, [.. column.Frequent], column.Unreadable,
            column.Notation, column.IsDate))],
        [.. data.Channels],
        data.Symbols,
        data.Table,
        [.. data.Warnings]);
}

internal sealed record ColumnJson(
    string Name, string Type, int Missing, int Distinct, double? Minimum, double? Mean, double? Deviation, double? Maximum, IReadOnlyList<ClassCount> Frequent, int Unreadable,
    string? Notation, bool IsDate);

internal sealed record DataSetJson(string Name, string? Path, string? Format, string? Sha256, int Files, long? Bytes, DateTimeOffset? AddedAt, string? Origin, string? Licence)
{
    public static DataSetJson Of(RegisteredData data) => new(
        data.Name, data.Path, data.Format is null ? null : DataFormats.Word(data.Format), data.Sha256, data.Files, data.Bytes, data.AddedAt, data.Origin, data.Licence);

    public static DataSetJson Of(PublicDataSet set) => new(set.Name, null, DataFormats.Word(set.Format), null, set.Files.Count, set.Bytes, null, set.Addresses[0], set.Licence);
}

internal sealed record DataVerdictJson(string Name, bool IsUnchanged, IReadOnlyList<string> Differences, string? Error);
