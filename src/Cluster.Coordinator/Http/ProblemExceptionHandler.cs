using Microsoft.AspNetCore.Diagnostics;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Coordinator.Http;

/// <summary>Turns exceptions into problem documents; those that nobody expects are logged and tell the client nothing.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await HttpProblems.WriteAsync(httpContext, ProblemOf(httpContext, exception));
        return true;
    }

    private ApiProblem ProblemOf(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case SearchServiceException refused:
                return refused.Problem;
            case BadHttpRequestException bad:
                context.Response.StatusCode = bad.StatusCode;
                return HttpProblems.OfStatus(context) with { Detail = bad.Message };
            default:
                LogUnexpected(log, exception, context.Request.Method, context.Request.Path);
                return new ApiProblem("Unexpected failure.", 500, ProblemCodes.Unexpected, "The coordinator's log has the details.");
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Method} {Path} failed unexpectedly")]
    private static partial void LogUnexpected(ILogger logger, Exception exception, string method, PathString path);
}
