-- A session in Neovim's own LSP client, as docs/editors.md sets it up: opens a file, waits for findings, hovers one,
-- applies a fix, edits, and prints what came back as one line of JSON.
local file = vim.env.AIRWORTHY_FILE
local function finish(result, code)
  io.stdout:write(vim.json.encode(result) .. '\n')
  vim.cmd(code == 0 and 'qall!' or 'cquit! ' .. code)
end

local function wait(what, condition)
  if not vim.wait(20000, condition, 20) then error('waited 20 s for ' .. what) end
end

local ok, message = pcall(function()
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  vim.bo.filetype = 'typescript'
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.start_client({
    name = 'airworthy',
    cmd = { vim.env.AIRWORTHY_NODE, vim.env.AIRWORTHY_CLI, 'lsp', '--stdio' },
    root_dir = vim.fn.getcwd(),
  })
  vim.lsp.buf_attach_client(buffer, client)

  local function diagnostics() return vim.diagnostic.get(buffer) end
  local function of(rule)
    return vim.tbl_filter(function(d) return d.source == 'airworthy' and d.user_data.lsp.code == rule end, diagnostics())
  end
  local rule = vim.env.AIRWORTHY_RULE
  wait('a finding of ' .. rule, function() return #of(rule) > 0 end)
  local found = of(rule)[1]
  local result = { line = found.lnum, column = found.col, message = found.message, severity = found.severity }

  local function request(method, params)
    local answers = vim.lsp.buf_request_sync(buffer, method, params, 10000)
    return answers and answers[client] and answers[client].result
  end
  local document = vim.lsp.util.make_text_document_params(buffer)
  local range = {
    start = { line = found.lnum, character = found.col },
    ['end'] = { line = found.end_lnum, character = found.end_col },
  }
  local hover = request('textDocument/hover', { textDocument = document, position = range.start })
  result.hover = hover and hover.contents and hover.contents.value or ''

  local lsp = found.user_data.lsp
  local actions = request('textDocument/codeAction', {
    textDocument = document,
    range = range,
    context = {
      diagnostics = {
        { range = range, message = found.message, source = 'airworthy', code = lsp.code, data = lsp.data },
      },
    },
  }) or {}
  result.actions = vim.tbl_map(function(action) return action.title end, actions)
  -- This client cannot be told which action is preferred: it comes first.
  local action = actions[1]
  if not action.edit then action = request('codeAction/resolve', action) end
  vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
  wait('the finding to go', function() return #of(rule) == 0 end)
  result.text = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)

  vim.cmd('undo')
  wait('the finding to come back', function() return #of(rule) > 0 end)
  finish(result, 0)
end)
if not ok then finish({ error = tostring(message) }, 1) end
