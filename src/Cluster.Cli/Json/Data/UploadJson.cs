namespace SearchCluster.Cli.Json.Data;

/// <summary>Data that a coordinator has for the workers of a search.</summary>
/// <param name="Name">Their name there.</param>
/// <param name="Sha256">Of a file its own hash, of a folder that of its list of files.</param>
/// <param name="Files">How many there are.</param>
/// <param name="Bytes">Of all of them.</param>
/// <param name="SentBytes">Of those that the coordinator did not have.</param>
internal sealed record UploadJson(string Name, string Sha256, int Files, long Bytes, long SentBytes);
