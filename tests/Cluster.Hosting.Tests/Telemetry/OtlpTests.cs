using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Hosting.Tests.Telemetry;

[Collection(nameof(SpanFileTests))]
public sealed class OtlpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "/v1/traces")]
    public async Task Spans_reach_a_collector_that_is_named(string variable, string path)
    {
        var received = Channel.CreateUnbounded<byte[]>();
        await using var collector = await StartCollectorAsync(received);
        await using var host = await TelemetryHost.StartAsync(
            _folder.State,
            (variable, collector.Urls.Single() + path),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        string spanId;
        using (var span = SearchClusterTelemetry.StartSpan(SpanNames.Submit, null).ShouldNotBeNull())
        {
            spanId = span.SpanId.ToHexString();
        }

        // The flush only hands the batch to the sender: it may return before the collector has answered.
        host.Flush().ShouldBeTrue();

        var body = await received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Patiently();
        body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(SpanNames.Submit)).ShouldBeGreaterThan(0);
        body.AsSpan().IndexOf(Convert.FromHexString(spanId)).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_collector_that_refuses_is_told_once(string protocol)
    {
        // Nobody listens there any more.
        string address;
        await using (var gone = await StartCollectorAsync(Channel.CreateUnbounded<byte[]>()))
        {
            address = gone.Urls.Single();
        }

        await using var host = await TelemetryHost.StartAsync(
            _folder.State, ("OTEL_EXPORTER_OTLP_ENDPOINT", address), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol));
        for (var i = 0; i < 3; i++)
        {
            SearchClusterTelemetry.StartSpan(SpanNames.Submit, null).ShouldNotBeNull().Dispose();
            host.Flush();
        }

        await Patience.UntilAsync(() => host.Warnings.Count > 0);
        host.Warnings.ShouldHaveSingleItem().ShouldContain($"the collector at {address}");
    }

    private static async Task<WebApplication> StartCollectorAsync(Channel<byte[]> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.Writer.TryWrite(body.ToArray()).ShouldBeTrue();
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
