using System.Text.Json.Serialization;

namespace SearchCluster.Coordinator.Moving;

/// <summary>The lines of a file of exported searches: a head, one line an event in the order of its search, and an end that seals what is
/// before
/// it.</summary>
internal static class ArchiveFormat
{
    /// <summary>What the head calls itself.</summary>
    public const string Name = "searchcluster-journal";

    /// <summary>The version that this release writes, and the newest that it reads.</summary>
    public const int Version = 1;
}

/// <summary>The first line.</summary>
/// <param name="Format"><see cref="ArchiveFormat.Name"/>.</param>
/// <param name="Version">Of the format.</param>
/// <param name="Release">Which release wrote it.</param>
/// <param name="ExportedAt">When.</param>
internal sealed record ArchiveHead(string Format, int Version, string Release, DateTimeOffset ExportedAt);

/// <summary>What an event's line says besides the event, which is its last member.</summary>
/// <param name="Search">Whose event.</param>
/// <param name="Number">Its number in that search, from 1.</param>
/// <param name="Manifest">Permanent short name of its type.</param>
/// <param name="Event">The event, as the journal has it.</param>
internal sealed record ArchiveLine(SearchId Search, long Number, string Manifest, System.Text.Json.JsonElement Event);

/// <summary>The last line.</summary>
/// <param name="Events">How many lines of events there are.</param>
/// <param name="Sha256">Of every byte before this line, in hexadecimal.</param>
internal sealed record ArchiveEnd(long Events, string Sha256);

/// <summary>Writes and reads the lines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ArchiveHead))]
[JsonSerializable(typeof(ArchiveLine))]
[JsonSerializable(typeof(ArchiveEnd))]
internal sealed partial class ArchiveJsonContext : JsonSerializerContext;
