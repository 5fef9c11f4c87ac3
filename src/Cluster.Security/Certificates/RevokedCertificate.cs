namespace SearchCluster.Security.Certificates;

/// <summary>A certificate that is not accepted any more.</summary>
/// <param name="Serial">Its number, in upper hexadecimal digits.</param>
/// <param name="Name">Whose it was.</param>
/// <param name="At">Since when.</param>
public sealed record RevokedCertificate(string Serial, string Name, DateTimeOffset At);
