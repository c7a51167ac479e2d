import API

/// One request and its answer, whichever way they travel.
func exchange(_ variables: GatewayVariables, body: Request.Body, started: Deadline.Instant, _ installation: Installation) -> [UInt8] {
    let request = variables.request(body: body, started: started)
    let response: Response
    do {
        response = try installation.service().answer(request)
    } catch {
        complain("\(error)")
        response = Service.notConfigured()
    }
    var head = "Status: \(response.status) \(response.reason)\r\n"
    for (name, value) in response.headers { head += "\(name): \(value)\r\n" }
    // 204 has no content and says no length (RFC 9110, 8.6).
    if response.status != 204 { head += "Content-Length: \(response.body.count)\r\n" }
    head += "\r\n"
    return Array(head.utf8) + (request.method == "HEAD" ? [] : response.body)
}
