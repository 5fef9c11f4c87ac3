using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SearchCluster.Security.Certificates;
using SearchCluster.Security.Files;

namespace SearchCluster.Security.Authorities;

/// <summary>Says who is a member of a cluster: it signs certificates and takes them back. Its folder lies on the coordinator's machine,
/// and its key never leaves it.</summary>
/// <remarks>Several processes of the machine may use one folder: what they change they change under the folder's lock, and each look
/// reads what the others wrote.</remarks>
public sealed class CertificateAuthority : IDisposable
{
    /// <summary>Name of its folder in a state folder.</summary>
    public const string FolderName = "authority";

    /// <summary>How long an authority lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(5 * 365);

    /// <summary>How long a certificate of a member lasts.</summary>
    public static readonly TimeSpan LeafLifetime = TimeSpan.FromDays(30);

    // A member's clock may be behind that of the authority.
    private static readonly TimeSpan Backdated = TimeSpan.FromHours(1);
    private const string CertificateFile = "ca.pem";
    private const string KeyFile = "ca.key";
    private const string Organization = "SearchCluster authority";
    private const int SerialBytes = 16;
    private const string Code = SecurityCodes.AuthorityUnusable;

    private readonly TimeProvider _clock;
    private readonly X509Certificate2 _certificate;
    private readonly RevocationList _revoked;
    private readonly ListFile<IssuedCertificate> _issued;

    private CertificateAuthority(string folder, TimeProvider clock, X509Certificate2 certificate)
    {
        Folder = folder;
        _clock = clock;
        _certificate = certificate;
        _revoked = new(Path.Combine(folder, RevocationList.FileName), Code);
        _issued = new(Path.Combine(folder, "issued.json"), SecurityJson.Default.IssuedCertificateArray, Code);
        Fingerprint = CertificateFacts.FingerprintOf(certificate);
        CertificateText = certificate.ExportCertificatePem() + "\n";
    }

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>SHA-256 of its certificate's DER, in lower hexadecimal digits.</summary>
    public string Fingerprint { get; }

    /// <summary>Its certificate in PEM form, which members trust.</summary>
    public string CertificateText { get; }

    /// <summary>When its certificate ends.</summary>
    public DateTimeOffset Expires => CertificateFacts.Expires(_certificate);

    /// <summary>Itself, as whoever trusts it has it.</summary>
    internal X509Certificate2Collection Trusted => [_certificate];

    /// <summary>What is not accepted any more, read anew.</summary>
    /// <exception cref="TrustException">The list cannot be read.</exception>
    public IReadOnlyList<RevokedCertificate> Revoked => _revoked.Entries;

    /// <summary>What was issued and has not expired, read anew; the oldest first.</summary>
    /// <exception cref="TrustException">The list cannot be read.</exception>
    public IReadOnlyList<IssuedCertificate> Issued => [.. _issued.Read().Where(entry => entry.Expires > _clock.GetUtcNow())];

    /// <summary>Tells whether a folder holds an authority, whole or broken.</summary>
    /// <param name="folder">It need not exist.</param>
    public static bool Exists(string folder) =>
        File.Exists(Path.Combine(folder, CertificateFile)) || File.Exists(Path.Combine(folder, KeyFile));

    /// <summary>Makes a new authority.</summary>
    /// <param name="folder">Made when missing, for its owner only.</param>
    /// <param name="clock">Says when it begins.</param>
    /// <param name="name">Of the cluster; see <see cref="NodeName.Rule"/>.</param>
    /// <exception cref="TrustException">There is one already, or it cannot be written.</exception>
    public static CertificateAuthority Create(string folder, TimeProvider clock, string name)
    {
        ArgumentNullException.ThrowIfNull(clock);
        RequireName(name);
        SecurityFile.MakeFolder(folder, Code);
        using (FolderLock.Take(folder, Code))
        {
            if (Exists(folder))
            {
                throw new TrustException(Code, $"{folder} holds an authority already, and members trust it. Use it, or another folder.");
            }

            Make(folder, clock.GetUtcNow(), name);
        }

        return Open(folder, clock);
    }

    /// <summary>Opens the authority of a folder, or makes one; of several processes that do so at once all get the same.</summary>
    /// <inheritdoc cref="Create"/>
    public static CertificateAuthority OpenOrCreate(string folder, TimeProvider clock, string name)
    {
        ArgumentNullException.ThrowIfNull(clock);
        RequireName(name);
        SecurityFile.MakeFolder(folder, Code);
        using (FolderLock.Take(folder, Code))
        {
            if (!Exists(folder))
            {
                Make(folder, clock.GetUtcNow(), name);
            }
        }

        return Open(folder, clock);
    }

    /// <summary>Opens the authority of a folder.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="clock">Says what has expired.</param>
    /// <exception cref="TrustException">There is none, or it cannot be used.</exception>
    public static CertificateAuthority Open(string folder, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var (certificatePath, keyPath) = (Path.Combine(folder, CertificateFile), Path.Combine(folder, KeyFile));
        var content = SecurityFile.TryRead(certificatePath, Code)
            ?? throw (File.Exists(keyPath) ? HalfMade(certificatePath, keyPath) : Missing(certificatePath));
        using var key = CertificatePem.ReadKey(SecurityFile.TryReadKey(keyPath, Code) ?? throw Missing(keyPath), keyPath, Code);
        var certificates = CertificatePem.Read(content, certificatePath, Code);
        var pair = CertificatePem.Pair(certificates[0], key)
            ?? throw new TrustException(Code, $"{keyPath} is not the key of {certificatePath}. Put both back from one copy.");
        if (clock.GetUtcNow() >= CertificateFacts.Expires(pair))
        {
            throw new TrustException(
                Code,
                $"The authority {certificatePath} expired at {Moment.Of(CertificateFacts.Expires(pair))}. Move its folder away; the "
                    + "coordinator makes a new one, and all machines join again.");
        }

        return new CertificateAuthority(folder, clock, pair);
    }

    /// <summary>Signs a certificate of 30 days for whoever has the private key of a signing request.</summary>
    /// <param name="requestPem">Of it the public key is taken, and nothing else.</param>
    /// <param name="name">Of the member; see <see cref="NodeName.Rule"/>.</param>
    /// <param name="role">What it may be.</param>
    /// <param name="hosts">Names and addresses by which it is called; at most <see cref="NodeName.MostHosts"/>.</param>
    /// <returns>The certificate in PEM form.</returns>
    /// <exception cref="TrustException">Something asked for is refused, or the list of certificates cannot be written: one that is not
    /// in the list could not be revoked by its name.</exception>
    public string Issue(string requestPem, string name, NodeRole role, IReadOnlyList<string> hosts)
    {
        var request = Understand(requestPem, name, role, hosts);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            _certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var now = _clock.GetUtcNow();
        if (now >= Expires)
        {
            throw new TrustException(
                Code, $"The authority {Path.Combine(Folder, CertificateFile)} expired at {Moment.Of(Expires)} and signs no more.");
        }

        using var leaf = request.Create(
            _certificate, Later(now - Backdated, CertificateFacts.Begins(_certificate)), Earlier(now + LeafLifetime, Expires), NewSerial());
        var issued = new IssuedCertificate(
            leaf.SerialNumber, name, NodeRoles.Word(role), [.. hosts], now, CertificateFacts.Expires(leaf));
        using (FolderLock.Take(Folder, Code))
        {
            _issued.Write([.. Issued, issued]);
        }

        return leaf.ExportCertificatePem() + "\n";
    }

    /// <summary>Looks whether <see cref="Issue"/> would sign, and signs nothing.</summary>
    /// <inheritdoc cref="Issue"/>
    public static void Check(string requestPem, string name, NodeRole role, IReadOnlyList<string> hosts) =>
        Understand(requestPem, name, role, hosts);

    /// <summary>Takes certificates back.</summary>
    /// <param name="serialOrName">The number of one, or the name of a member, all of whose certificates it means.</param>
    /// <returns>Those that were not revoked before; none when all were.</returns>
    /// <exception cref="TrustException">No certificate that is still valid has that number or name.</exception>
    public IReadOnlyList<RevokedCertificate> Revoke(string serialOrName)
    {
        ArgumentNullException.ThrowIfNull(serialOrName);
        using (FolderLock.Take(Folder, Code))
        {
            var meant = Issued.Where(entry => entry.Name == serialOrName
                || string.Equals(entry.Serial, serialOrName, StringComparison.OrdinalIgnoreCase)).ToList();
            if (meant.Count == 0)
            {
                throw new TrustException(
                    SecurityCodes.NotIssued,
                    $"No certificate in use has the number or the name \"{ForeignText.OneLine(serialOrName, NodeName.MaximumLength)}\"."
                        + Suggestions.Sentence(serialOrName, Issued.Select(entry => entry.Name).Distinct())
                        + " searchcluster certs show lists them.");
            }

            var before = _revoked.Entries;
            var added = meant.Where(entry => before.All(earlier => earlier.Serial != entry.Serial))
                .Select(entry => new RevokedCertificate(entry.Serial, entry.Name, _clock.GetUtcNow())).ToArray();
            if (added.Length > 0)
            {
                _revoked.Write([.. before, .. added]);
            }

            return added;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _certificate.Dispose();

    private static void Make(string folder, DateTimeOffset now, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        // Never the name of a member: a certificate whose holder and issuer have one name passes for one that signed itself.
        subject.AddOrganizationName(Organization);
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(now - Backdated, now + Lifetime);

        // The key first: a certificate without its key would be told to members, and nobody could sign for them.
        SecurityFile.Write(Path.Combine(folder, KeyFile), CertificatePem.Bytes(key), Code);
        SecurityFile.Write(Path.Combine(folder, CertificateFile), CertificatePem.Bytes(certificate), Code);
    }

    private static CertificateRequest Understand(string requestPem, string name, NodeRole role, IReadOnlyList<string> hosts)
    {
        ArgumentNullException.ThrowIfNull(requestPem);
        ArgumentNullException.ThrowIfNull(hosts);
        RequireName(name);
        RequireHosts(hosts);
        return LeafRequest.Of(requestPem, name, role, hosts);
    }

    private static void RequireName(string name)
    {
        if (!NodeName.IsValid(name))
        {
            throw new TrustException(
                SecurityCodes.NotCertified,
                $"\"{ForeignText.OneLine(name, NodeName.MaximumLength)}\" is no name for a certificate; use {NodeName.Rule}.");
        }
    }

    private static void RequireHosts(IReadOnlyList<string> hosts)
    {
        if (hosts.Count > NodeName.MostHosts)
        {
            throw new TrustException(
                SecurityCodes.NotCertified,
                $"{Counted.Of(hosts.Count, "host")} are named, but a certificate has at most {Counted.Of(NodeName.MostHosts, "host")}.");
        }

        if (hosts.FirstOrDefault(host => !NodeName.IsHost(host)) is { } refused)
        {
            throw new TrustException(
                SecurityCodes.NotCertified,
                $"\"{ForeignText.OneLine(refused, NodeName.MaximumLength)}\" names no machine; give a host name without wildcards, or an "
                    + "IP address.");
        }
    }

    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);

        // Positive and of one length, as numbers in certificates are compared as texts.
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static TrustException HalfMade(string certificatePath, string keyPath) => new(
        Code,
        $"{keyPath} is there, but {certificatePath} is not: an authority was half made, or lost its certificate. If machines have joined, "
            + $"copy {CertificateFile} from the identity folder of one; if none has, remove {keyPath}, and a new authority is made.");

    private static TrustException Missing(string path) => new(
        Code, $"{path} is not there. The authority of a cluster lies on the coordinator's machine; give its state folder with --state.");
}
