namespace SearchCluster.Security.Certificates;

/// <summary>A certificate as the authority remembers it.</summary>
/// <param name="Serial">Its number, in upper hexadecimal digits.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Role">One of <see cref="NodeRoles.Words"/>.</param>
/// <param name="Hosts">Names and addresses of its machine; may be empty.</param>
/// <param name="Issued">When it was made.</param>
/// <param name="Expires">When it ends by itself.</param>
public sealed record IssuedCertificate(
    string Serial, string Name, string Role, ValueArray<string> Hosts, DateTimeOffset Issued, DateTimeOffset Expires);
