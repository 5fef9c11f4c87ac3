using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>A web server on this machine with files, which can be as unreliable as the Internet.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, byte[]> _files = new();

    private FileServer(WebApplication application) => _application = application;

    /// <summary>Its address, with a '/' at the end.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What was asked: path, and first byte where not all was.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>So many answers break off after half of their bytes.</summary>
    public int BreakOff { get; set; }

    /// <summary>So many answers say that the server is busy.</summary>
    public int Busy { get; set; }

    /// <summary>True to answer with all bytes whatever was asked.</summary>
    public bool IgnoresRanges { get; set; }

    /// <summary>Set to accept requests and never answer; told of each.</summary>
    public Action? Silence { get; set; }

    public static async Task<FileServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var server = new FileServer(application);
        application.Run(server.AnswerAsync);
        await application.StartAsync();
        server.Address = new(
            application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        return server;
    }

    public FileServer With(string path, byte[] content)
    {
        _files[path] = content;
        return this;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var range = context.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0;
        var path = context.Request.Path.Value!.TrimStart('/');
        Requests.Enqueue(range == 0 ? path : string.Create(CultureInfo.InvariantCulture, $"{path} from {range}"));
        if (Silence is { } silence)
        {
            silence();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        if (Busy > 0)
        {
            Busy--;
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (!_files.TryGetValue(path, out var content))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (range >= content.Length)
        {
            context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            return;
        }

        var rest = content.AsMemory(IgnoresRanges ? 0 : (int)range);
        if (range > 0 && !IgnoresRanges)
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = string.Create(
                CultureInfo.InvariantCulture, $"bytes {range}-{content.Length - 1}/{content.Length}");
        }

        context.Response.ContentLength = rest.Length;
        if (BreakOff > 0)
        {
            BreakOff--;
            await context.Response.Body.WriteAsync(rest[..(rest.Length / 2)]);

            // An answer that lacks bytes ends with its connection, after what was written; to abort it could overtake them.
            return;
        }

        await context.Response.Body.WriteAsync(rest);
    }
}
