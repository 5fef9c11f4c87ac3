using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SearchCluster.TestKit.Artifacts;

/// <summary>Stands before an S3 server, or in the place of one: what it answers, and when, is the test's choice.</summary>
/// <remarks>It adds what S3 has and the servers for tests that are to be had have not: conditions of writes, and that an object is replaced
/// in one step.</remarks>
public sealed class StandIn : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _upstream = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Uri? _server;
    private readonly Task _serving;

    /// <summary>Listens.</summary>
    /// <param name="server">Where requests go that the test does not answer; null for nowhere.</param>
    public StandIn(Uri? server = null)
    {
        _server = server;
        while (true)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            Address = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
            free.Stop();
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add(Address.ToString());
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException)
            {
                // Somebody took the port in between.
            }
        }

        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Answers instead of the server, or null; called for each request.</summary>
    public Func<HttpListenerRequest, (int Status, string Code)?> Answer { get; set; } = _ => null;

    /// <summary>Waited for before a request goes on.</summary>
    public Func<HttpListenerRequest, Task> Before { get; set; } = _ => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
        _upstream.Dispose();
        _turn.Dispose();
    }

    private async Task ServeAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                running.Add(Task.Run(() => AnswerAsync(context)));
            }
        }
        catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            await Before(context.Request);
            if (Answer(context.Request) is { } given)
            {
                await RefuseAsync(context, given.Status, given.Code);
                return;
            }

            await _turn.WaitAsync();
            try
            {
                await ForwardAsync(context);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
            // Nobody waits for the answer any more.
        }
    }

    private async Task ForwardAsync(HttpListenerContext context)
    {
        var request = context.Request;
        if (request.HttpMethod == "PUT" && (request.Headers["If-Match"] ?? request.Headers["If-None-Match"]) is not null)
        {
            using var head = await _upstream.SendAsync(new(HttpMethod.Head, new Uri(_server!, request.RawUrl!)));
            var tag = head.IsSuccessStatusCode ? head.Headers.ETag?.ToString() : null;
            if (request.Headers["If-Match"] is { } wanted ? tag != wanted : tag is not null)
            {
                await RefuseAsync(context, 412, "PreconditionFailed");
                return;
            }
        }

        using var copy = new HttpRequestMessage(new HttpMethod(request.HttpMethod), new Uri(_server!, request.RawUrl!));
        copy.Content = request.HasEntityBody ? new StreamContent(request.InputStream) : null;
        foreach (var name in request.Headers.AllKeys.OfType<string>().Where(name => name is not ("Connection" or "Expect")))
        {
            if (!copy.Headers.TryAddWithoutValidation(name, request.Headers[name]))
            {
                copy.Content?.Headers.TryAddWithoutValidation(name, request.Headers[name]);
            }
        }

        using var answer = await _upstream.SendAsync(copy, HttpCompletionOption.ResponseHeadersRead);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(
            header => header.Key is not ("Transfer-Encoding" or "Content-Length" or "Connection" or "Keep-Alive")))
        {
            context.Response.Headers[name] = string.Join(',', values);
        }

        context.Response.ContentLength64 = answer.Content.Headers.ContentLength ?? 0;
        if (request.HttpMethod != "HEAD")
        {
            context.Response.SendChunked = answer.Content.Headers.ContentLength is null;
            await answer.Content.CopyToAsync(context.Response.OutputStream);
        }

        context.Response.Close();
    }

    private static async Task RefuseAsync(HttpListenerContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        await context.Response.OutputStream.WriteAsync(
            Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>no</Message></Error>"));
        context.Response.Close();
    }
}
