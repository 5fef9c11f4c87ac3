using Microsoft.Win32.SafeHandles;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Artifacts;

/// <summary>A store that a coordinator serves to workers: it takes what came in parts, and gives what is asked for in parts.</summary>
public interface IServedStore : IArtifactStore
{
    /// <summary>Where it is, for people: a folder, or an address.</summary>
    string Place { get; }

    /// <summary>A folder of this machine on whose disk uploads grow.</summary>
    string UploadRoot { get; }

    /// <summary>Looks an artifact up, to be served.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Its content, which whoever gets it compares with the hash; null when there is no such artifact.</returns>
    ValueTask<ServedContent?> FindAsync(string path, CancellationToken cancellation = default);

    /// <summary>Lists the artifacts that lie directly in a folder.</summary>
    /// <param name="folder">Relative path with '/' separators.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Their names in ordinal order; null when there is no such folder.</returns>
    ValueTask<IReadOnlyList<string>?> ListAsync(string folder, CancellationToken cancellation = default);

    /// <summary>Prepares for an upload.</summary>
    /// <param name="request">What will come, and under which lease.</param>
    /// <returns>Where it grows, and how it gets its name.</returns>
    /// <exception cref="ArtifactException">SC4101: the lease was superseded.</exception>
    IUploadGoal Expect(UploadRequest request);
}

/// <summary>Content of an artifact, to be served.</summary>
/// <param name="Content">Seeks; disposed by who asked.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Sha256">Its hash, where the store knows it; null where it has to be read for that.</param>
public sealed record ServedContent(Stream Content, long Bytes, string? Sha256);

/// <summary>Where one upload is going.</summary>
public interface IUploadGoal
{
    /// <summary>An existing folder in which the content grows.</summary>
    string Folder { get; }

    /// <summary>True when a later attempt has begun: nothing can come of it.</summary>
    bool IsSuperseded { get; }

    /// <summary>Gives the content its name; its hash was compared.</summary>
    /// <param name="file">The content: a file in <see cref="Folder"/>, which may be moved.</param>
    /// <param name="content">The same file, open.</param>
    /// <returns>When it has its name.</returns>
    /// <exception cref="ArtifactException">SC4101: the lease was superseded; nothing was changed.</exception>
    Task GiveNameAsync(string file, SafeFileHandle content);
}
