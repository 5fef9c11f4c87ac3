using SearchCluster.Artifacts;

namespace SearchCluster.Models.Attempts;

/// <summary>An artifact store as an attempt sees it, writing under its lease.</summary>
/// <param name="store">Where they lie.</param>
/// <param name="lease">The attempt's lease; null for a person's command, which writes without one.</param>
public sealed class StoredArtifacts(IArtifactStore store, LeaseKey? lease = null) : IArtifacts
{
    private IArtifactWriter? _writer = lease is null ? store : null;
    private volatile bool _isSuperseded;

    /// <summary>True when the store refused the attempt because a later one has begun: its outcome counts for
    /// nothing, whatever it is.</summary>
    public bool IsSuperseded => _isSuperseded;

    /// <summary>Ends the writing of earlier attempts, so that what this one reads stays as it is.</summary>
    /// <exception cref="ArtifactException">SC4101: a later attempt has begun.</exception>
    public void Begin() => Writer();

    /// <inheritdoc />
    public Stream? OpenRead(string path) => Waited(store.OpenReadAsync(path));

    /// <inheritdoc />
    public bool Exists(string path) => Waited(store.ExistsAsync(path));

    /// <inheritdoc />
    public void Write(string path, Action<Stream> write, ArtifactDurability durability = ArtifactDurability.PowerLoss) => Noted(() =>
    {
        // The thread of an attempt has no context that a continuation could need.
        Writer().WriteAsync(path, write, durability).AsTask().GetAwaiter().GetResult();
        return true;
    });

    private IArtifactWriter Writer() => _writer ??= Noted(() => Waited(store.BeginAsync(lease!.Value)));

    private static T Waited<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    private T Noted<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (ArtifactException refused) when (refused.Code == ModelCodes.Superseded)
        {
            _isSuperseded = true;
            throw;
        }
    }
}
