using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Artifacts.Http;

/// <summary>Sends requests to the artifacts or the data of a coordinator. Thread-safe.</summary>
/// <param name="options">Where it is, and the token.</param>
/// <param name="prefix">What the addresses are below.</param>
internal sealed class StoreClient(HttpStoreOptions options, string prefix) : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    // Proxies of the environment are for the world outside.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        SslOptions = options.Tls,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = ConnectLimit,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends a request once.</summary>
    /// <param name="method">GET, POST, PUT or DELETE.</param>
    /// <param name="address">Path below the prefix, with its query.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="content">The body; null for none.</param>
    /// <param name="answerLimit">How long an answer may take; null for 30 s.</param>
    /// <param name="prepare">Adds headers; null for none.</param>
    /// <returns>A success, of which the body is still to come; the caller disposes it.</returns>
    /// <exception cref="BrokenTransferException">It may come through when it is sent again.</exception>
    /// <exception cref="ArtifactException">The coordinator refuses it.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string address,
        CancellationToken cancellation,
        HttpContent? content = null,
        TimeSpan? answerLimit = null,
        Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(options.Address(), prefix + address)) { Content = content };
        if (options.Token() is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        prepare?.Invoke(request);
        using var alarm = new StallAlarm(options.Clock, answerLimit ?? AnswerLimit, cancellation);
        if (content is FilePartContent part)
        {
            part.Moved = alarm.Moved;
        }

        HttpResponseMessage? response = null;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, alarm.Token);
            return response.IsSuccessStatusCode ? response : throw await StoreRefusals.ReadAsync(response, alarm.Token);
        }
        catch (Exception failure)
        {
            response?.Dispose();
            if (IsOfTheWay(failure, cancellation))
            {
                throw new BrokenTransferException(failure.GetBaseException().Message, failure);
            }

            throw;
        }
    }

    /// <summary>Sends a request until it comes through.</summary>
    /// <param name="method">GET, POST, PUT or DELETE.</param>
    /// <param name="address">Path below the prefix, with its query.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="content">Makes the body for each try; null for none.</param>
    /// <returns>The body of the answer.</returns>
    public async Task<byte[]> AskAsync(
        HttpMethod method, string address, CancellationToken cancellation, Func<HttpContent>? content = null)
    {
        var patience = new TransferPatience(options);
        while (true)
        {
            try
            {
                return await OnceAsync(method, address, cancellation, content?.Invoke());
            }
            catch (BrokenTransferException cut)
            {
                await patience.TryAgainAsync(cut, cancellation);
            }
        }
    }

    /// <summary>Sends a request once, and reads its small answer.</summary>
    /// <param name="method">GET, POST, PUT or DELETE.</param>
    /// <param name="address">Path below the prefix, with its query.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="content">The body; null for none.</param>
    /// <param name="answerLimit">How long an answer may take; null for 30 s.</param>
    /// <returns>The body of the answer.</returns>
    /// <exception cref="BrokenTransferException">It may come through when it is sent again.</exception>
    public async Task<byte[]> OnceAsync(
        HttpMethod method,
        string address,
        CancellationToken cancellation,
        HttpContent? content = null,
        TimeSpan? answerLimit = null)
    {
        using var response = await SendAsync(method, address, cancellation, content, answerLimit);
        return await ReadAsync(response, cancellation);
    }

    /// <summary>Reads a small answer to its end.</summary>
    /// <param name="response">A success.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The body.</returns>
    /// <exception cref="BrokenTransferException">It was cut off, or stopped in the middle.</exception>
    public async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using var alarm = new StallAlarm(options.Clock, options.StallLimit, cancellation);
        try
        {
            return await response.Content.ReadAsByteArrayAsync(alarm.Token);
        }
        catch (Exception cut) when (IsOfTheWay(cut, cancellation))
        {
            throw new BrokenTransferException(cut.GetBaseException().Message, cut);
        }
    }

    /// <summary>Makes a body of JSON.</summary>
    /// <typeparam name="T">A record of the API.</typeparam>
    /// <param name="body">What is sent.</param>
    /// <returns>The content.</returns>
    public static HttpContent Json<T>(T body) => new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, HttpJson.Writing<T>()))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };

    /// <summary>Reads an answer of JSON.</summary>
    /// <typeparam name="T">A record of the API.</typeparam>
    /// <param name="json">The body.</param>
    /// <returns>The record.</returns>
    /// <exception cref="BrokenTransferException">It is none.</exception>
    public static T Read<T>(byte[] json)
    {
        try
        {
            return HttpJson.Read<T>(json) ?? throw new BrokenTransferException("The answer is empty.");
        }
        catch (JsonException unreadable)
        {
            throw new BrokenTransferException($"The answer cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>Tells whether a failure is of the way to the coordinator, and not of it or of this machine's disk.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="cancellation">The caller's own wish to end, which is none.</param>
    /// <returns>True when trying again may help.</returns>
    public static bool IsOfTheWay(Exception failure, CancellationToken cancellation) => failure switch
    {
        Contracts.Storage.StorageTroubleException => false,
        HttpRequestException or HttpIOException => true,
        OperationCanceledException => !cancellation.IsCancellationRequested,
        IOException { InnerException: SocketException } => true,
        _ => false,
    };

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
