using System.Text.Json.Serialization;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Moving;
using SearchCluster.Coordinator.Reading;

namespace SearchCluster.Cli.Json.Searches;

internal sealed record DamageJson(string Search, long EventNumber, long Intact, string Place, string Explanation)
{
    public static DamageJson Of(SearchDamage damage) =>
        new(damage.Search.Value, damage.EventNumber, damage.Intact, damage.Place, damage.Explanation);
}

internal sealed record CheckedSearchJson(
    string Search,
    long Events,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DamageJson? Damage,
    IReadOnlyList<long> DamagedSnapshots,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DamageJson? Covered);

internal sealed record JournalDocument(
    string Place, bool IsWhole, IReadOnlyList<CheckedSearchJson> Searches, bool IsRegisterWhole, IReadOnlyList<string> Complaints)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/journal@1";

    public static JournalDocument Of(CheckedJournal found) => new(
        found.Place,
        found.IsWhole,
        [.. found.Searches.Select(search => new CheckedSearchJson(
            search.Search.Value,
            search.Events,
            search.Damage is { } damage ? DamageJson.Of(damage) : null,
            [.. search.Snapshots],
            search.Covered is { } covered ? DamageJson.Of(covered) : null))],
        found.IsRegisterWhole,
        [.. found.Complaints]);
}

internal sealed record SalvageDocument(string Search, long KeptEvents, int CutEvents, int CutSnapshots, string? Copy)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/salvage@1";

    public static SalvageDocument Of(SalvagedSearch done) => new(done.Search.Value, done.Kept, done.Events, done.Snapshots, done.Copy);
}

internal sealed record ExportedSearchJson(
    string Search, long Events, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DamageJson? Damage);

internal sealed record JournalExportDocument(string File, IReadOnlyList<ExportedSearchJson> Searches)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/journal-export@1";

    public static JournalExportDocument Of(string file, IReadOnlyList<ExportedSearch> exported) => new(
        file,
        [.. exported.Select(search => new ExportedSearchJson(
            search.Search.Value, search.Events, search.Damage is { } damage ? DamageJson.Of(damage) : null))]);
}

internal sealed record ImportedSearchJson(string Search, long Events, long AddedEvents);

internal sealed record JournalImportDocument(IReadOnlyList<ImportedSearchJson> Searches)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/journal-import@1";

    public static JournalImportDocument Of(IReadOnlyList<ImportedSearch> imported) =>
        new([.. imported.Select(search => new ImportedSearchJson(search.Search.Value, search.Events, search.Added))]);
}

internal sealed record RebuildDocument(long? Rows, long? LostRows, string? Copy)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/rebuild@1";
}
