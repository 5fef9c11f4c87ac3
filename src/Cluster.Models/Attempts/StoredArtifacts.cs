using SearchCluster.Artifacts;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Models.Attempts;

/// <summary>An artifact store as an attempt sees it, writing under its lease.</summary>
/// <remarks>
/// A store over a network is waited for, since an attempt has nothing else to do. Not for long, though, when the attempt is to end: its
/// process may want to end, and would take it for one that hangs.
/// </remarks>
/// <param name="store">Where they lie.</param>
/// <param name="lease">The attempt's lease; null for a person's command, which writes without one.</param>
/// <param name="isToEnd">Tells whether the attempt is to end; null for one that nobody ends.</param>
/// <param name="clock">Measures how long a store may take then; null for the system's.</param>
public sealed class StoredArtifacts(
    IArtifactStore store, LeaseKey? lease = null, Func<bool>? isToEnd = null, TimeProvider? clock = null) : IArtifacts
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private IArtifactWriter? _writer = lease is null ? store : null;
    private volatile bool _isSuperseded;

    /// <summary>True when the store refused the attempt because a later one has begun: its outcome counts for
    /// nothing, whatever it is.</summary>
    public bool IsSuperseded => _isSuperseded;

    /// <summary>Tells whether an artifact that was read is at fault, so that it may be done without: not where the store is out of
    /// reach, because then nobody knows what the artifact is like.</summary>
    /// <param name="failure">What reading it brought.</param>
    /// <returns>True for what is damaged, of another kind, or cannot be read by this machine.</returns>
    public static bool IsOfContent(Exception failure) => failure is ArtifactException or (IOException and not StorageTroubleException);

    /// <summary>Ends the writing of earlier attempts, so that what this one reads stays as it is.</summary>
    /// <exception cref="ArtifactException">SC4101: a later attempt has begun.</exception>
    public void Begin() => Writer();

    /// <inheritdoc />
    public Stream? OpenRead(string path) => Waited(token => store.OpenReadAsync(path, token));

    /// <inheritdoc />
    public bool Exists(string path) => Waited(token => store.ExistsAsync(path, token));

    /// <inheritdoc />
    public void Write(string path, Action<Stream> write, ArtifactDurability durability = ArtifactDurability.PowerLoss) => Noted(() =>
        Waited(async token =>
        {
            await Writer().WriteAsync(path, write, durability, token);
            return true;
        }));

    private IArtifactWriter Writer() => _writer ??= Noted(() => Waited(token => store.BeginAsync(lease!.Value, token)));

    // The thread of an attempt has no context that a continuation could need.
    private T Waited<T>(Func<CancellationToken, ValueTask<T>> call)
    {
        using var limit = new CancellationTokenSource();
        var task = call(limit.Token);
        if (task.IsCompleted || isToEnd is null)
        {
            return task.AsTask().GetAwaiter().GetResult();
        }

        long? since = null;
        using var look = _clock.CreateTimer(_ => Look(), null, LookInterval, LookInterval);
        try
        {
            return task.AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new StorageTroubleException(
                StorageTrouble.Unreachable,
                $"The store of checkpoints and models did not answer within {Durations.Of(EndLimit)} after the attempt was to end.");
        }

        void Look()
        {
            since ??= isToEnd() ? _clock.GetTimestamp() : null;
            if (since is { } asked && _clock.GetElapsedTime(asked) >= EndLimit)
            {
                Cancel(limit);
            }
        }
    }

    private static void Cancel(CancellationTokenSource limit)
    {
        try
        {
            limit.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It answered in the same moment.
        }
    }

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
