using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace SearchCluster.Coordinator.Http.Content;

/// <summary>The SHA-256 of artifacts that were read before. Thread-safe.</summary>
/// <remarks>Artifacts are replaced, never changed, so length and time of writing tell one from another; but not within the step of the file
/// system's clock, so nothing is remembered of a file that is younger than some seconds.</remarks>
/// <param name="clock">Tells how old a file is.</param>
internal sealed class ArtifactHashes(TimeProvider clock)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (long Bytes, DateTime Written, string Sha256)> _known = new(StringComparer.Ordinal);

    /// <summary>The hash of an open artifact, which is at its beginning afterwards.</summary>
    /// <param name="file">The artifact.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>64 lower hexadecimal digits.</returns>
    public async Task<string> OfAsync(FileStream file, CancellationToken cancellation)
    {
        var (bytes, written) = (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
        if (_known.TryGetValue(file.Name, out var known) && known.Bytes == bytes && known.Written == written)
        {
            return known.Sha256;
        }

        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        file.Position = 0;
        if (clock.GetUtcNow().UtcDateTime - written > Young)
        {
            if (_known.Count >= MostRemembered)
            {
                _known.Clear();
            }

            _known[file.Name] = (bytes, written, hash);
        }

        return hash;
    }
}
