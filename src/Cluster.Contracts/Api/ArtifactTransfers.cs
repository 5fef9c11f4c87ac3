namespace SearchCluster.Contracts.Api;

/// <summary>An artifact that is there.</summary>
/// <param name="Path">Relative path with '/' separators, below <c>searches/</c>.</param>
/// <param name="Bytes">Its length.</param>
public sealed record ArtifactView(string Path, long Bytes);

/// <summary>An artifact, or those that lie directly in a folder, for whoever fetches them.</summary>
/// <param name="Path">What was asked for: a relative path with '/' separators, below <c>searches/</c>.</param>
/// <param name="IsFolder">Whether it is a folder; else there is one file.</param>
/// <param name="Files">In ordinal order of their names, which have no '/'.</param>
public sealed record ArtifactList(string Path, bool IsFolder, ValueArray<DataSetFile> Files);

/// <summary>Body that begins an upload: all that is known of the content before its first byte.</summary>
/// <param name="Path">Where the artifact is to lie: relative, with '/' separators, below <c>searches/</c>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its content, 64 hexadecimal digits; other content gets no name.</param>
/// <param name="Lease">The lease under which it is written; null for who needs none.</param>
/// <param name="SurvivesPowerLoss">True to flush it to the disk before it gets its name.</param>
public sealed record UploadRequest(string Path, long Bytes, string Sha256, LeaseKey? Lease = null, bool SurvivesPowerLoss = true);

/// <summary>How far an upload got.</summary>
/// <param name="Upload">Its name, for the addresses of its routes.</param>
/// <param name="Received">Bytes that have arrived: where it goes on.</param>
/// <param name="Bytes">Bytes that it will have.</param>
public sealed record UploadView(string Upload, long Received, long Bytes);
