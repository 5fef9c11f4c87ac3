using SearchCluster.Cli.Connection;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>Connects every command to one fake service.</summary>
internal sealed class FakeConnector(FakeSearchService service) : ISearchConnector
{
    /// <summary>Whether a coordinator seems to run elsewhere.</summary>
    public bool IsLive { get; set; } = true;

    /// <summary>Address of a coordinator on another machine; null for one of this machine.</summary>
    public string? Elsewhere { get; set; }

    /// <summary>What is to be known of the answers, or null.</summary>
    public string? Notice { get; set; }

    /// <summary>Where results lie on this machine.</summary>
    public string StateFolder { get; set; } = "/lab/.searchcluster";

    public HostRequest? Hosted { get; private set; }

    public ConnectionRequest? Request { get; private set; }

    public int Disposed { get; private set; }

    /// <summary>Ends where a trial of the hosted worker hangs; null where none does.</summary>
    public Task<string>? Hung { get; set; }

    public Task<ISearchConnection> ConnectAsync(ConnectionRequest request, CancellationToken cancellation) =>
        Task.FromResult(Connect(request, IsLive ? ConnectionKind.Http : ConnectionKind.Offline));

    public Task<ISearchConnection> ReadAsync(ConnectionRequest request, CancellationToken cancellation) =>
        ConnectAsync(request, cancellation);

    public Task<ISearchConnection?> FindLiveAsync(ConnectionRequest request, CancellationToken cancellation) =>
        Task.FromResult(IsLive ? Connect(request, ConnectionKind.Http) : null);

    public bool HasSearches(ConnectionRequest request) => service.Searches.Count > 0;

    public bool IsElsewhere(ConnectionRequest request) => Elsewhere is not null;

    public Task<ISearchConnection> HostAsync(ConnectionRequest request, HostRequest host, CancellationToken cancellation)
    {
        Hosted = host;
        return Task.FromResult(Connect(request, ConnectionKind.Hosted));
    }

    private ISearchConnection Connect(ConnectionRequest request, ConnectionKind kind)
    {
        Request = request;
        return new Connection(this, service, kind);
    }

    private sealed class Connection(FakeConnector owner, ISearchService service, ConnectionKind kind) : ISearchConnection
    {
        public ISearchService Service => service;

        public ConnectionKind Kind => kind;

        public string? Notice => owner.Notice;

        public string Place => owner.Elsewhere ?? (kind == ConnectionKind.Offline ? "/lab/.searchcluster" : "http://127.0.0.1:8642");

        public string? ArtifactFolder => owner.Elsewhere is null ? owner.StateFolder : null;

        public Task<string> Hung { get; } = owner.Hung ?? new TaskCompletionSource<string>().Task;

        public ValueTask DisposeAsync()
        {
            owner.Disposed++;
            return ValueTask.CompletedTask;
        }
    }
}
