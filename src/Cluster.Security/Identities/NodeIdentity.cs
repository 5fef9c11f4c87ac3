using System.Security.Cryptography.X509Certificates;
using System.Text;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Certificates;

namespace SearchCluster.Security.Identities;

/// <summary>Who this machine is in its cluster, and whom it takes for a member: certificate, key and trusted authorities of a
/// folder.</summary>
/// <remarks>Each look reads the files, so that a renewed certificate, a further authority and a revocation hold from the next connection
/// on. When they cannot be used any more, what was read before goes on and <see cref="Trouble"/> tells; a list of revoked certificates that
/// cannot be read refuses everybody instead. Safe for several threads.</remarks>
public sealed class NodeIdentity
{
    /// <summary>Name of its folder in a state folder.</summary>
    public const string FolderName = "identity";

    /// <summary>A certificate is renewed when this share of its time is left.</summary>
    private const double RenewalShare = 1.0 / 3;

    private readonly Lock _gate = new();
    private readonly IdentityFiles _files;
    private readonly TimeProvider _clock;
    private readonly RevocationList[] _revoked;
    private IdentityContent _content;
    private LoadedIdentity _loaded;
    private string? _trouble;

    private NodeIdentity(IdentityFiles files, TimeProvider clock, IdentityContent content, LoadedIdentity loaded)
    {
        _files = files;
        _clock = clock;
        _content = content;
        _loaded = loaded;

        // On the coordinator's machine the authority's own list lies in the state folder too: it holds there at once.
        var authority = Path.Combine(Path.GetDirectoryName(files.Folder) ?? files.Folder, CertificateAuthority.FolderName);
        _revoked =
        [
            new(files.Revoked, SecurityCodes.IdentityUnusable),
            new(Path.Combine(authority, RevocationList.FileName), SecurityCodes.AuthorityUnusable),
        ];
    }

    /// <summary>Where it lies.</summary>
    public string Folder => _files.Folder;

    /// <summary>The certificate with its key, as it is now.</summary>
    public X509Certificate2 Certificate => Current().Certificate;

    /// <summary>Certificates of the authorities that are trusted, as they are now; several while one replaces another.</summary>
    public X509Certificate2Collection Authorities => [.. Current().Authorities];

    /// <summary>The member's name.</summary>
    public string Name => Current().Name;

    /// <summary>What it may be.</summary>
    public NodeRole Role => Current().Role;

    /// <summary>Names and addresses of this machine in the certificate.</summary>
    public IReadOnlyList<string> Hosts => CertificateFacts.HostsOf(Certificate);

    /// <summary>Number of the certificate, in upper hexadecimal digits.</summary>
    public string Serial => Certificate.SerialNumber;

    /// <summary>When the certificate ends.</summary>
    public DateTimeOffset Expires => CertificateFacts.Expires(Certificate);

    /// <summary>When a new certificate is to be asked for: in the last third of its time.</summary>
    public DateTimeOffset RenewalDue
    {
        get
        {
            var certificate = Certificate;
            var (begins, expires) = (CertificateFacts.Begins(certificate), CertificateFacts.Expires(certificate));
            return expires - ((expires - begins) * RenewalShare);
        }
    }

    /// <summary>Why the files that lie there now are not used, as a sentence; null when they are.</summary>
    public string? Trouble
    {
        get
        {
            Current();
            lock (_gate)
            {
                return _trouble;
            }
        }
    }

    /// <summary>Reads the identity of a folder.</summary>
    /// <param name="folder">It need not exist.</param>
    /// <param name="clock">Decides what is valid.</param>
    /// <returns>Null where this machine has none.</returns>
    /// <exception cref="TrustException">There is one, but it cannot be used: a key that does not fit or that others can read, a file that
    /// cannot be read, another authority's certificate, one that has expired.</exception>
    public static NodeIdentity? Find(string folder, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(clock);
        var files = new IdentityFiles(Path.GetFullPath(folder));
        var content = IdentityContent.Read(files);
        return LoadedIdentity.Of(files, content, clock.GetUtcNow()) is { } loaded ? new NodeIdentity(files, clock, content, loaded) : null;
    }

    /// <summary>Looks at the certificate of whoever is at the other end of a connection. Costs a signature check; nothing is asked of the
    /// network.</summary>
    /// <param name="peer">What the other end showed; null when nothing.</param>
    /// <param name="allowed">Roles that may be there; at least one.</param>
    /// <param name="calledHost">The host that was called, which the certificate has to name; null when the other end called.</param>
    /// <returns>Null when it is a member that may be there; else a sentence that says what is wrong and what to do.</returns>
    public string? Refusal(X509Certificate2? peer, IReadOnlyList<NodeRole> allowed, string? calledHost)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        var refusal = PeerCheck.Refusal(peer, Current().Authorities, allowed, calledHost, _clock.GetUtcNow());
        return refusal is null && peer is not null ? RevocationOf(peer) : refusal;
    }

    /// <summary>Signs a request for a new certificate with the key that the machine has, so that the authority knows who asks.</summary>
    /// <param name="requestPem">As <see cref="SigningRequest.Pem"/> has it.</param>
    /// <returns>For the request to renew.</returns>
    public byte[] SignRenewal(string requestPem)
    {
        ArgumentNullException.ThrowIfNull(requestPem);
        return RenewalStatement.Sign(Certificate, requestPem);
    }

    /// <summary>Adds authorities to those that are trusted here.</summary>
    /// <param name="pem">As the coordinator told them; one that is trusted already is not added again.</param>
    /// <returns>All of them, in PEM form, for <see cref="SigningRequest.Accept"/>.</returns>
    /// <exception cref="TrustException">The text holds no certificate.</exception>
    public string AuthoritiesWith(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var trusted = Current().Authorities;
        var told = CertificatePem.Read(Encoding.UTF8.GetBytes(pem), "The list of authorities that was received", SecurityCodes.IdentityUnusable);
        var added = told.Where(one => trusted.All(known => CertificateFacts.FingerprintOf(known) != CertificateFacts.FingerprintOf(one)));
        return string.Concat(trusted.Concat(added).Select(one => one.ExportCertificatePem() + "\n"));
    }

    /// <summary>Tells whether the cluster that a token is for is this machine's.</summary>
    /// <param name="isFor">Looks at the fingerprint of an authority that is trusted here.</param>
    public bool TrustsAny(Func<string, bool> isFor) => Current().Authorities.Any(one => isFor(CertificateFacts.FingerprintOf(one)));

    private string? RevocationOf(X509Certificate2 peer)
    {
        try
        {
            return _revoked.Select(list => list.Find(peer.SerialNumber)).FirstOrDefault(entry => entry is not null) is { } entry
                ? $"The certificate {entry.Serial} of \"{CertificateFacts.NameOf(peer)}\" was revoked at {Moment.Of(entry.At)}. If its "
                    + "machine is to be a member again, let it join with a new token."
                : null;
        }
        catch (TrustException unknown)
        {
            return $"Nobody is let in while it is not known which certificates are revoked: {unknown.Message}";
        }
    }

    private LoadedIdentity Current()
    {
        lock (_gate)
        {
            try
            {
                Reread(IdentityContent.Read(_files));
            }
            catch (TrustException broken)
            {
                _trouble = broken.Message;
            }

            return _loaded;
        }
    }

    private void Reread(IdentityContent content)
    {
        if (!content.IsSameAs(_content))
        {
            _loaded = LoadedIdentity.Of(_files, content, _clock.GetUtcNow())
                ?? throw new TrustException(
                    SecurityCodes.IdentityUnusable, $"{_files.Certificate} and its key are not there any more; put them back from a copy.");
            _content = content;
        }

        _trouble = null;
    }
}
