using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.GpuWorker.Outbox;

/// <summary>How outcomes lie in the outbox file.</summary>
/// <remarks>
/// The file starts with <see cref="Magic"/>. Each frame is: length of the payload (4 bytes, little endian),
/// CRC-32C of the payload (4 bytes), payload. A payload is one byte, 'm', 'w' or 'o', and the JSON of a measurement, a warning or an
/// outcome; an outcome follows its other reports. What a killed process left half written at the end does not match its length or its
/// checksum, and is ignored with all that follows.
/// </remarks>
internal static class OutboxFrames
{
    private const int HeaderBytes = 8;
    private const int MaximumPayloadBytes = 1 << 24;
    private const byte MeasurementKind = (byte)'m';
    private const byte WarningKind = (byte)'w';
    private const byte OutcomeKind = (byte)'o';

    /// <summary>Identifies the file and the version of its format.</summary>
    public static ReadOnlySpan<byte> Magic => "SCOUTB01"u8;

    /// <summary>Writes one outcome after the reports before it.</summary>
    public static byte[] Encode(StoredOutcome stored)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        foreach (var measurement in stored.Measurements)
        {
            AppendFrame(
                bytes,
                MeasurementKind,
                JsonSerializer.SerializeToUtf8Bytes(measurement, ContractsJsonContext.Default.ReportMeasurement));
        }

        foreach (var warning in stored.Warnings ?? [])
        {
            AppendFrame(bytes, WarningKind, JsonSerializer.SerializeToUtf8Bytes(warning, ContractsJsonContext.Default.ReportWarning));
        }

        AppendFrame(bytes, OutcomeKind, JsonSerializer.SerializeToUtf8Bytes(stored.Outcome, ContractsJsonContext.Default.ReportOutcome));
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads the content after the magic.</summary>
    /// <param name="content">All of it.</param>
    /// <param name="intactBytes">How much of it is whole outcomes; the rest is a torn tail.</param>
    public static IReadOnlyList<StoredOutcome> Decode(ReadOnlySpan<byte> content, out int intactBytes)
    {
        var outcomes = new List<StoredOutcome>();
        var measurements = new List<SearchCommands.ReportMeasurement>();
        var warnings = new List<SearchCommands.ReportWarning>();
        var position = 0;
        intactBytes = 0;
        while (TryReadFrame(content[position..], out var payload))
        {
            position += HeaderBytes + payload.Length;
            if (payload[0] == MeasurementKind)
            {
                measurements.Add(JsonSerializer.Deserialize(payload[1..], ContractsJsonContext.Default.ReportMeasurement)!);
                continue;
            }

            if (payload[0] == WarningKind)
            {
                warnings.Add(JsonSerializer.Deserialize(payload[1..], ContractsJsonContext.Default.ReportWarning)!);
                continue;
            }

            outcomes.Add(new(
                JsonSerializer.Deserialize(payload[1..], ContractsJsonContext.Default.ReportOutcome)!,
                measurements.ToValueArray(),
                warnings.Count == 0 ? null : warnings.ToValueArray()));
            measurements.Clear();
            warnings.Clear();
            intactBytes = position;
        }

        return outcomes;
    }

    /// <summary>The CRC-32C (Castagnoli) of some bytes.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    private static void AppendFrame(ArrayBufferWriter<byte> bytes, byte kind, byte[] json)
    {
        byte[] payload = [kind, .. json];
        var header = bytes.GetSpan(HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Checksum(payload));
        bytes.Advance(HeaderBytes);
        bytes.Write(payload);
    }

    private static bool TryReadFrame(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (rest.Length < HeaderBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length is < 1 or > MaximumPayloadBytes || rest.Length - HeaderBytes < length)
        {
            return false;
        }

        payload = rest.Slice(HeaderBytes, length);
        return Checksum(payload) == BinaryPrimitives.ReadUInt32LittleEndian(rest[4..])
            && payload[0] is MeasurementKind or WarningKind or OutcomeKind;
    }
}
