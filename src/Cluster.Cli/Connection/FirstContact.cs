using System.Globalization;

namespace SearchCluster.Cli.Connection;

/// <summary>Before the first request asks who is there, so that a frozen coordinator and a foreign service are told within seconds and in words.</summary>
internal sealed class FirstContact(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Live = "live";
    private static readonly Uri Path = new("healthz/live", UriKind.Relative);
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    private bool _isKnown;

    /// <summary>Address of the coordinator, with a slash at its end.</summary>
    public required Uri Address { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!_isKnown)
        {
            await IntroduceAsync(cancellationToken);
            _isKnown = true;
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private async Task IntroduceAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeLimit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, Path));
            using var response = await base.SendAsync(request, limit.Token);
            if (!response.IsSuccessStatusCode || await ReadStartAsync(response, limit.Token) != Live)
            {
                throw new HttpRequestException("what answers there is not a SearchCluster coordinator");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(string.Create(
                CultureInfo.InvariantCulture, $"it takes the connection, but says nothing for {TimeLimit.TotalSeconds:0} s; the process may be frozen or overloaded"));
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
