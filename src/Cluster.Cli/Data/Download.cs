using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace SearchCluster.Cli.Data;

/// <summary>Downloads one file: resumes where an earlier try ended, tries again after faults that pass, and
/// keeps only bytes whose hash is right.</summary>
/// <remarks>
/// What has arrived lies beside the file under its name with <c>.part</c> until it is whole. This is not <c>WholeFile</c>'s way, which
/// begins anew under a name of its own and keeps nothing of what failed: here a later try, also one of another process, goes on with what
/// is there, and the file gets its name only after its bytes were read back and had the right hash.
/// </remarks>
/// <param name="http">The client.</param>
/// <param name="clock">Times the waits.</param>
internal sealed class Download(HttpClient http, TimeProvider clock)
{
    private const int TriesOfAddress = 4;
    private const int BufferBytes = 1 << 16;
    private const long LongestUnknown = 8L << 30;
    private const string PartEnding = ".part";
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    /// <summary>Tells whether a file is there with the right bytes.</summary>
    public static bool IsWhole(PublicFile file, string path) => File.Exists(path) && HashOf(path, file.Algorithm) == file.Hash;

    /// <summary>Downloads a file.</summary>
    /// <param name="file">What it must be.</param>
    /// <param name="addresses">Where it may lie; one after the other is tried.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="progress">Told how many bytes of the file are here, and how many it has when that is known.</param>
    /// <param name="cancellation">Ends it; what has arrived stays.</param>
    /// <returns>The address it came from.</returns>
    /// <exception cref="DownloadException">No address gave the right bytes.</exception>
    public async Task<Uri> RunAsync(
        PublicFile file, IReadOnlyList<Uri> addresses, string path, Action<long, long?> progress, CancellationToken cancellation)
    {
        var part = path + PartEnding;
        var reasons = new List<string>();
        foreach (var address in addresses)
        {
            for (var turn = 1; ; turn++)
            {
                var fault = await TryAsync(file, address, part, progress, cancellation);
                if (fault is null)
                {
                    File.Move(part, path, overwrite: true);
                    return address;
                }

                if (!fault.Passes || turn == TriesOfAddress)
                {
                    reasons.Add($"{address}: {fault.Reason}");
                    break;
                }

                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, turn - 1)), clock, cancellation);
            }
        }

        throw new DownloadException(reasons);
    }

    private async Task<Fault?> TryAsync(
        PublicFile file, Uri address, string part, Action<long, long?> progress, CancellationToken cancellation)
    {
        var known = new FileInfo(part) is { Exists: true } there ? there.Length : 0;
        if (known > 0 && known == file.Bytes)
        {
            return Check(file, part, wasResumed: true);
        }

        using var silence = new CancellationTokenSource(LongestSilence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Range = known > 0 ? new RangeHeaderValue(known, null) : null;
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                File.Delete(part);
                return new("what had arrived does not fit the file; it starts again", Passes: true);
            }

            if (!response.IsSuccessStatusCode)
            {
                return new(
                    $"HTTP {(int)response.StatusCode} {response.ReasonPhrase}",
                    Passes: (int)response.StatusCode is >= 500 or 408 or 429);
            }

            var isResumed = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == known;
            known = isResumed ? known : 0;
            var total = file.Bytes ?? (response.Content.Headers.ContentLength is { } rest ? known + rest : null);
            await using (var target = new FileStream(
                part, isResumed ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes))
            await using (var source = await response.Content.ReadAsStreamAsync(either.Token))
            {
                var buffer = new byte[BufferBytes];
                progress(known, total);
                for (int read; (read = await ReadAsync(source, buffer, either.Token)) > 0;)
                {
                    silence.CancelAfter(LongestSilence);
                    known += read;
                    if (known > (file.Bytes ?? LongestUnknown))
                    {
                        // Without truncation a later try would begin after bytes that are wrong.
                        target.SetLength(0);
                        return new($"the answer has more than {file.Bytes ?? LongestUnknown} bytes; it is another file", Passes: false);
                    }

                    await target.WriteAsync(buffer.AsMemory(0, read), either.Token);
                    progress(known, total);
                }
            }

            return file.Bytes is { } bytes && known < bytes
                ? new($"the answer ended after {known} of {bytes} bytes", Passes: true)
                : Check(file, part, isResumed);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new($"nothing arrived for {Durations.Of(LongestSilence)}", Passes: true);
        }
        catch (HttpRequestException failure)
        {
            return new(failure.InnerException?.Message ?? failure.Message, Passes: true);
        }
    }

    // Faults of the connection pass; those of the disk, which are of the same type, do not.
    private static async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellation);
        }
        catch (IOException broken)
        {
            throw new HttpRequestException(broken.Message, broken);
        }
    }

    private static Fault? Check(PublicFile file, string part, bool wasResumed)
    {
        if (HashOf(part, file.Algorithm) is var actual && actual == file.Hash)
        {
            return null;
        }

        // Bytes of an earlier try may have been those of another version.
        File.Delete(part);
        return new($"{file.Algorithm.Name} is {actual}, but must be {file.Hash}; nothing was kept", Passes: wasResumed);
    }

    private static string HashOf(string path, HashAlgorithmName algorithm)
    {
        using var stream = File.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(algorithm);
        var buffer = new byte[BufferBytes];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Fault(string Reason, bool Passes);
}

/// <summary>A file could not be downloaded.</summary>
/// <param name="reasons">One for each address.</param>
internal sealed class DownloadException(IReadOnlyList<string> reasons) : Exception(string.Join("; ", reasons))
{
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
