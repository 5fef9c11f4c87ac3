using System.Security.Cryptography;
using System.Text.Json;
using SearchCluster.Contracts;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Coordinator.Moving;

/// <summary>Writes a file of exported searches, line by line.</summary>
internal sealed class ArchiveWriter : IDisposable
{
    private readonly Stream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _events;

    /// <summary>Writes the head.</summary>
    /// <param name="file">Takes the lines; stays open.</param>
    /// <param name="at">Now.</param>
    public ArchiveWriter(Stream file, DateTimeOffset at)
    {
        _file = file;
        Write(JsonSerializer.SerializeToUtf8Bytes(
            new ArchiveHead(ArchiveFormat.Name, ArchiveFormat.Version, ProductVersion.Current, at),
            ArchiveJsonContext.Default.ArchiveHead));
    }

    /// <summary>Writes an event as the journal has it.</summary>
    /// <param name="search">Whose.</param>
    /// <param name="stored">Read and found whole before.</param>
    public void Write(SearchId search, StoredRecord stored)
    {
        using var content = JsonDocument.Parse(ContractCodec.JsonOf(stored.Payload, stored.Manifest));
        Write(JsonSerializer.SerializeToUtf8Bytes(
            new ArchiveLine(search, stored.SequenceNr, stored.Manifest, content.RootElement), ArchiveJsonContext.Default.ArchiveLine));
        _events++;
    }

    /// <summary>Writes the end; a file without it is refused.</summary>
    public void Complete() => Write(JsonSerializer.SerializeToUtf8Bytes(
        new ArchiveEnd(_events, Convert.ToHexStringLower(_hash.GetCurrentHash())), ArchiveJsonContext.Default.ArchiveEnd));

    /// <inheritdoc />
    public void Dispose() => _hash.Dispose();

    private void Write(byte[] line)
    {
        foreach (var part in (byte[][])[line, "\n"u8.ToArray()])
        {
            _hash.AppendData(part);
            _file.Write(part);
        }
    }
}
