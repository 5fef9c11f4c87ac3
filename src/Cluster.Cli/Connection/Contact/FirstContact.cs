
namespace SearchCluster.Cli.Connection.Contact;

/// <summary>Before the first request asks who is there, so that a frozen coordinator and a foreign service are
/// told soon and in words.</summary>
/// <param name="inner">Sends.</param>
/// <param name="clock">Measures silence.</param>
internal sealed class FirstContact(HttpMessageHandler inner, TimeProvider clock) : DelegatingHandler(inner)
{
    private const string Live = "live";
    private static readonly Uri Path = new("healthz/live", UriKind.Relative);

    // A coordinator on a busy machine compiles what its first answer needs, which may take it many seconds.
    private static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromSeconds(20);

    private readonly HashSet<Uri> _known = [];

    /// <summary>Address of the coordinator that is called now, with a slash at its end.</summary>
    public required Func<Uri> Address { get; init; }

    /// <summary>How long one may be silent before it is told.</summary>
    public TimeSpan TimeLimit { get; init; } = DefaultTimeLimit;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = Address();
        if (!_known.Contains(address))
        {
            await IntroduceAsync(address, cancellationToken);
            _known.Add(address);
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private async Task IntroduceAsync(Uri address, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(TimeLimit, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, Path));
            using var response = await base.SendAsync(request, limit.Token);
            if (!response.IsSuccessStatusCode || await ReadStartAsync(response, limit.Token) != Live)
            {
                throw new HttpRequestException("what answers there is not a SearchCluster coordinator");
            }
        }
        catch (IOException broken)
        {
            // Of an answer that is read here nobody else says that its connection broke.
            throw new HttpRequestException($"it breaks off its answer: {broken.Message}", broken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SilenceException(
                $"it takes the connection, but says nothing for {Durations.Of(TimeLimit)}; the process may be frozen or overloaded");
        }
    }

    // One byte more than the word: a foreign service may send for ever.
    private static async Task<string> ReadStartAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var start = new byte[Live.Length + 1];
        var length = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return System.Text.Encoding.ASCII.GetString(start, 0, length);
    }
}

/// <summary>Somebody takes connections, but does not answer.</summary>
internal sealed class SilenceException(string message) : HttpRequestException(message);
