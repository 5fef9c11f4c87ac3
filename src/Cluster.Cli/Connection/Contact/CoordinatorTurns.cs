using System.Net;
using System.Text.Json;
using SearchCluster.Cli.Client;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Cli.Connection.Contact;

/// <summary>Sends each request to the active one of several coordinators: the one that answered last, else those that are known in turn,
/// and one that a standby names. While none is active it waits for some seconds.</summary>
/// <remarks>A request is sent again where nobody can have done it: nobody took the connection, or the one who did stands by. What only
/// reads is sent again in any case.</remarks>
/// <param name="inner">Sends.</param>
/// <param name="addresses">Of the coordinators, each with a slash at its end; the requests are for the first one.</param>
/// <param name="mayCall">Whether an address that a standby names may be called: the token goes there.</param>
/// <param name="clock">Measures waits.</param>
internal sealed class CoordinatorTurns(
    HttpMessageHandler inner, IReadOnlyList<Uri> addresses, Func<Uri, bool> mayCall, TimeProvider clock) : DelegatingHandler(inner)
{
    // A fail-over takes less; a command that has one address and no standby does not wait.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    // Of a frozen one, where there are others to ask.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly List<Uri> _known = [.. addresses];
    private volatile Uri _current = addresses[0];

    /// <summary>The one that answered last, with a slash at its end.</summary>
    public Uri Current => _current;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = addresses[0].MakeRelativeUri(request.RequestUri!);
        var since = clock.GetTimestamp();
        while (true)
        {
            var (response, failure) = await TryAllAsync(request, path, cancellationToken);
            if (response is not null && !await StandsByAsync(response, cancellationToken))
            {
                return response;
            }

            if (_known.Count == 1 || clock.GetElapsedTime(since) > Patience)
            {
                return response ?? throw failure!;
            }

            response?.Dispose();
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <summary>Asks all once.</summary>
    /// <returns>The first answer of one that does not stand by, else that of a standby, else why nobody answered.</returns>
    private async Task<(HttpResponseMessage? Response, HttpRequestException? Failure)> TryAllAsync(
        HttpRequestMessage request, Uri path, CancellationToken cancellationToken)
    {
        HttpResponseMessage? standby = null;
        HttpRequestException? failure = null;
        var open = new Queue<Uri>(_known.Where(one => one != _current).Prepend(_current));
        for (var asked = new HashSet<Uri>(); open.TryDequeue(out var address);)
        {
            if (!asked.Add(address))
            {
                continue;
            }

            _current = address;
            request.RequestUri = new Uri(address, path);
            try
            {
                var response = await SendOnceAsync(request, cancellationToken);
                if (!await StandsByAsync(response, cancellationToken))
                {
                    standby?.Dispose();
                    return (response, null);
                }

                standby?.Dispose();
                standby = response;
                if (await ActiveAsync(response, cancellationToken) is { } active)
                {
                    open.Enqueue(active);
                }
            }
            catch (HttpRequestException refused) when (refused is not UntrustedException
                && (refused.HttpRequestError == HttpRequestError.ConnectionError || OnlyReads(request) || refused is SilenceException))
            {
                failure = refused;
            }
        }

        return (standby, failure);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_known.Count == 1 || !OnlyReads(request))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        using var silence = new CancellationTokenSource(Silence, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await base.SendAsync(request, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SilenceException($"it takes the connection, but says nothing for {Durations.Of(Silence)}");
        }
    }

    private static bool OnlyReads(HttpRequestMessage request) => request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;

    private static async Task<bool> StandsByAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            return false;
        }

        return (await ProblemAsync(response, cancellationToken))?.Code == ProblemCodes.StandingBy;
    }

    // Whoever gets the answer reads it once more, which its stream does not allow.
    private static async Task<ApiProblem?> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(
                await response.Content.ReadAsByteArrayAsync(cancellationToken), ContractsJsonContext.Default.ApiProblem);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<Uri?> ActiveAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate((await ProblemAsync(response, cancellationToken))?.Active, UriKind.Absolute, out var told))
        {
            return null;
        }

        var active = new Uri(told.AbsoluteUri.TrimEnd('/') + "/");
        if (!mayCall(active))
        {
            return null;
        }

        if (!_known.Contains(active))
        {
            _known.Add(active);
        }

        return active;
    }
}
